import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roomPage } from '../../../functions/rooms/page/roomPage.ts';
import { type Answer, call, startService, type TestService } from '../../service.ts';

const browser = { accept: 'text/html,application/xhtml+xml', 'accept-encoding': 'gzip, deflate, br' };

let service: TestService;
let open: (headers: Record<string, string>) => Promise<Answer>;
let openPublic: typeof open;

beforeAll(async () => {
  service = await startService({});
  const { handler: openRoom } = await import('../../../functions/handlers/http/rooms/openRoom.handler.ts');
  const { handler: openPublicRoom } = await import('../../../functions/handlers/http/rooms/openPublicRoom.handler.ts');
  open = (headers) => call(openRoom as never, { path: { link: 'whatever' }, headers });
  openPublic = (headers) => call(openPublicRoom as never, { path: { identifier: 'team' }, headers });
});

afterAll(() => service.stop());

describe("the rooms' page", () => {
  test('is one document, whatever the link, which is kept nowhere and tells no other server the link', async () => {
    const answers = [await open(browser), await openPublic(browser)];

    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 200 });
    expect(answers[0]?.headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'br',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; " +
        "connect-src 'self' wss://sockets.example.org",
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
      vary: 'accept, accept-encoding',
    });
  });

  test('is unpacked for who takes no brotli', async () => {
    const packed = await open(browser);
    const { headers, body } = await open({ ...browser, 'accept-encoding': 'gzip' });

    expect(headers['content-encoding']).toBeUndefined();
    const text = Buffer.from(body, 'base64').toString();
    expect(text).toMatch(/^<!doctype html>/);
    expect(brotliDecompressSync(Buffer.from(packed.body, 'base64')).toString()).toBe(text);
  });

  test('asks for https alone where its links do, and not where the service is reached by http', () => {
    const { headers } = roomPage(
      { headers: {} },
      { linkHost: 'http://127.0.0.1:8787', socketUrl: 'ws://127.0.0.1:8787' },
    );

    expect(headers).not.toHaveProperty('strict-transport-security');
  });
});
