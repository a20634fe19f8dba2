import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { handler } from '../../../../functions/handlers/http/service/readDocument.handler.ts';
import { openapiDocument } from '../../../../functions/openapi/document.ts';
import { esbuildOpenapi } from '../../../../infra/openapi/plugin.ts';
import { call } from '../../../service.ts';

describe('GET /openapi.json', () => {
  test('answers with the document, to be kept for a while', async () => {
    const { status, headers, body } = await call(handler, {});

    expect(status).toBe(200);
    expect(headers).toEqual({
      'content-type': 'application/json',
      'cache-control': 'public, max-age=300',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
    });
    expect(body).toEqual(JSON.parse(JSON.stringify(openapiDocument('/m'))));
  });

  test.each([
    ['the same tag', (tag: string) => tag],
    ['the tag made weak', (tag: string) => `W/${tag}`],
    ['one of several tags', (tag: string) => `"other", ${tag}`],
    ['any', () => '*'],
  ])('answers 304 to who has %s', async (_, tagged) => {
    const { etag } = (await call(handler, {})).headers;

    const { status, headers, body } = await call(handler, { headers: { 'If-None-Match': tagged(String(etag)) } });

    expect({ status, body }).toEqual({ status: 304, body: undefined });
    expect(headers.etag).toBe(etag);
  });

  test('answers with the document to who has another', async () => {
    expect(await call(handler, { headers: { 'If-None-Match': '"other"' } })).toMatchObject({ status: 200 });
  });

  test('is a function without schemas and without an SDK', async () => {
    const { metafile } = await build({
      entryPoints: [join(import.meta.dirname, '../../../../functions/handlers/http/service/readDocument.handler.ts')],
      bundle: true,
      metafile: true,
      write: false,
      platform: 'node',
      plugins: [esbuildOpenapi({ linkPath: '/m' })],
    });
    const inputs = Object.keys(metafile.inputs);

    expect(inputs).toContain('openapi:virtual:openapi');
    expect(inputs.filter((input) => /node_modules\/(zod|@aws-sdk|@smithy)\//.test(input))).toEqual([]);
  });
});
