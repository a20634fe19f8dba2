import { get, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginJourney, type Journey } from './journey.ts';

const browser = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br, zstd' };

let service: Journey;

beforeAll(async () => {
  service = await beginJourney();
});

afterAll(() => service.end());

interface Raw {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** As they came: nothing unpacks them. */
  readonly bytes: Buffer;
}

async function ask(path: string, headers: Record<string, string>): Promise<Raw> {
  return await new Promise((resolve, reject) => {
    get(service.url + path, { headers }, async (response) => {
      const bytes = Buffer.concat(await response.toArray());
      resolve({ status: response.statusCode, headers: response.headers, bytes });
    }).on('error', reject);
  });
}

/** What a browser asks for until the page is drawn: the document, what it names, and the words of one language. */
async function load(): Promise<Map<string, Raw>> {
  const replies = new Map([['/c/place', await ask('/c/place', browser)]]);
  const textOf = (path: string) => brotliDecompressSync(replies.get(path)?.bytes ?? Buffer.alloc(0)).toString();
  const named = [...textOf('/c/place').matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
  for (const path of named) replies.set(path, await ask(path, browser));
  const words = named.flatMap((path) => [...textOf(path).matchAll(/import\("\.\/([^"]+)"\)/g)]);
  const languages = await Promise.all(words.map(([, name]) => ask(`/assets/${name}`, browser)));
  const [longest] = languages.sort((one, other) => other.bytes.length - one.bytes.length);
  if (longest) replies.set('words', longest);
  return replies;
}

describe("the rooms' page over HTTP", () => {
  test('is less than 60 KB until it is drawn, in whichever language', async () => {
    const replies = await load();

    expect(replies.size).toBeGreaterThanOrEqual(5);
    for (const [path, { status, headers }] of replies) {
      expect({ path, status, encoding: headers['content-encoding'] }).toEqual({ path, status: 200, encoding: 'br' });
    }
    const bytes = [...replies.values()].reduce((sum, reply) => sum + reply.bytes.length, 0);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(60_000);
  });

  test('is the same for who takes no brotli', async () => {
    for (const [path, { bytes, headers }] of await load()) {
      if (path === 'words') continue;
      const plain = await ask(path, { accept: 'text/html' });

      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.headers['content-type']).toBe(headers['content-type']);
      expect(plain.bytes.equals(brotliDecompressSync(bytes)), path).toBe(true);
    }
  });

  test('is not kept, while its assets are for ever; a service reached by http does not ask for https', async () => {
    const replies = await load();

    for (const [path, { headers }] of replies) {
      const kept = path === '/c/place' ? 'no-store' : 'public, max-age=31536000, immutable';
      expect([path, headers['cache-control'], headers['x-content-type-options']]).toEqual([path, kept, 'nosniff']);
      expect(headers['strict-transport-security']).toBeUndefined();
    }
    expect(replies.get('/c/place')?.headers['cross-origin-opener-policy']).toBe('same-origin');
  });

  test('has no asset of another release', async () => {
    const { status, headers, bytes } = await ask('/assets/AAAAAAAA.js', browser);

    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(bytes.toString())).toEqual({
      type: '/docs/problems.md#no-such-asset',
      title: 'There is no such asset',
      status: 404,
      code: 'no-such-asset',
      detail: 'This release of the service has no asset of this name.',
      instance: expect.stringMatching(/^urn:request:/),
    });
  });
});
