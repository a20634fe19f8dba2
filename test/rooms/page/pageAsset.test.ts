import { brotliDecompressSync } from 'node:zlib';
import { assets } from 'virtual:pageAssets';
import { describe, expect, test } from 'vitest';
import { handler } from '../../../functions/handlers/http/rooms/readAsset.handler.ts';
import { type Answer, call } from '../../service.ts';

const [script = ''] = Object.keys(assets).filter((name) => name.endsWith('.js'));
const [style = ''] = Object.keys(assets).filter((name) => name.endsWith('.css'));

const read = (hash: string, encoding?: string): Promise<Answer> =>
  call(handler, { path: { hash }, headers: encoding === undefined ? {} : { 'accept-encoding': encoding } });

describe('GET /assets/{hash}', () => {
  test.each([
    ['a script', script, 'text/javascript; charset=utf-8'],
    ['a style', style, 'text/css; charset=utf-8'],
  ])('gives %s, to be kept for ever', async (_, name, contentType) => {
    const { status, headers } = await read(name, 'gzip, deflate, br');

    expect(status).toBe(200);
    expect(headers).toEqual({
      'content-type': contentType,
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
    });
  });

  test('gives the same to who takes brotli and, unpacked, to who does not', async () => {
    const packed = await read(style, 'br');
    const plain = await read(style);

    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(Buffer.from(plain.body, 'base64').toString()).toContain('.sheet{');
    expect(brotliDecompressSync(Buffer.from(packed.body, 'base64'))).toEqual(Buffer.from(plain.body, 'base64'));
  });

  test.each(['AAAAAAAA.js', '', 'constructor', '__proto__', '../index.html'])('has nothing called %j', async (name) => {
    const { status, headers, body } = await read(name, 'br');

    expect(status).toBe(404);
    expect(headers).toEqual({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
    expect(body).toEqual({
      type: '/docs/problems.md#no-such-asset',
      title: 'There is no such asset',
      status: 404,
      code: 'no-such-asset',
      detail: 'This release of the service has no asset of this name.',
      instance: 'urn:request:request-1',
    });
  });
});
