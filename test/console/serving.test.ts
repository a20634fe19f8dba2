import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ConsoleSettings } from '../../functions/console/consoleSettings.ts';
import { call } from '../service.ts';

const settings: ConsoleSettings = {
  api: 'https://api.example.org',
  signIn: {
    kind: 'cognito',
    issuer: 'https://issuer.example.org',
    clientId: 'web',
    domain: 'https://sign-in.example.org',
  },
  timeZone: 'Europe/Madrid',
  languages: ['en', 'es'],
  passwords: 'digits',
};

async function handlers() {
  const [page, asset, read] = await Promise.all([
    import('../../functions/handlers/http/console/openConsole.handler.ts'),
    import('../../functions/handlers/http/console/readConsoleAsset.handler.ts'),
    import('../../functions/handlers/http/console/readConsoleSettings.handler.ts'),
  ]);
  return { page: page.handler, asset: asset.handler, read: read.handler };
}

describe('the console', () => {
  let doors: Awaited<ReturnType<typeof handlers>>;
  beforeAll(async () => {
    process.env.CONSOLE = JSON.stringify(settings);
    doors = await handlers();
  });

  test('is a document that is not kept, framed by nobody, with scripts of its own origin alone', async () => {
    const { status, headers, body } = await call(doors.page, {});

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; " +
        "connect-src 'self' https://api.example.org https://sign-in.example.org",
    });
    expect(Buffer.from(body, 'base64').toString()).toContain('<title>Meetings</title>');
  });

  test('tells its page where the API and the sign-in are', async () => {
    const { status, body } = await call(doors.read, {});

    expect([status, body]).toEqual([200, settings]);
  });

  test('weighs at most 120 KB before its first screen, in one language', async () => {
    const { body } = await call(doors.page, { headers: { 'accept-encoding': 'br' } });
    const packed = Buffer.from(body, 'base64');
    const document = brotliDecompressSync(packed).toString();
    const named = [...new Set([...document.matchAll(/\/assets\/([A-Z0-9]{8}\.\w+)/g)].map(([, name = '']) => name))];
    const sizes = await Promise.all(
      named.map(async (hash) => {
        const reply = await call(doors.asset, { path: { hash }, headers: { 'accept-encoding': 'br' } });
        expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable');
        return Buffer.from(reply.body, 'base64').length;
      }),
    );
    const total = sizes.reduce((sum, size) => sum + size, packed.length);

    expect(named.length).toBeGreaterThan(2);
    // The words of a language, which the document does not name, are not half of what is left.
    expect(total).toBeLessThan(100_000);
  });

  test('has no asset of another name', async () => {
    expect((await call(doors.asset, { path: { hash: 'AAAAAAAA.js' } })).body).toMatchObject({ code: 'no-such-asset' });
  });
});
