import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { authorizeByJwt, claimsAsText } from '../../../infra/local/gateway/jwtAuthorizer.ts';

const jwt = { Issuer: 'https://issuer.example', Audience: ['web', 'phone'], scopes: [] };
const { publicKey, privateKey } = await generateKeyPair('RS256');
const good = { iss: jwt.Issuer, aud: 'web', sub: 'alice', exp: inSeconds(60) };

describe('authorizeByJwt', () => {
  test('hands the claims of a good token over as texts', async () => {
    const token = await sign({ ...good, 'cognito:groups': ['admin', 'meetings'], email_verified: true });

    expect(await authorizeByJwt(`Bearer ${token}`, jwt, publicKey)).toEqual({
      ok: true,
      claims: {
        iss: 'https://issuer.example',
        aud: 'web',
        sub: 'alice',
        exp: String(good.exp),
        'cognito:groups': '[admin meetings]',
        email_verified: 'true',
      },
    });
  });

  test.each([
    ['without a prefix', good, ''],
    ['with another audience of the API', { ...good, aud: ['other', 'phone'] }, 'Bearer '],
    ['with a client_id in place of an audience', { ...good, aud: undefined, client_id: 'web' }, 'bearer '],
  ])('takes a token %s', async (_, claims, prefix) => {
    const verdict = await authorizeByJwt(prefix + (await sign(definedOf(claims))), jwt, publicKey);

    expect(verdict.ok).toBe(true);
  });

  test.each([
    ['that has expired', { ...good, exp: inSeconds(-1) }],
    ['that is not valid yet', { ...good, nbf: inSeconds(60) }],
    ['without an expiry', { ...good, exp: undefined }],
    ['of another issuer', { ...good, iss: 'https://evil.example' }],
    ['for another audience', { ...good, aud: 'other' }],
    ['for nobody', { ...good, aud: undefined }],
    ['whose audience differs though its client_id is right', { ...good, aud: 'other', client_id: 'web' }],
  ])('refuses a token %s', async (_, claims) => {
    const verdict = await authorizeByJwt(`Bearer ${await sign(definedOf(claims))}`, jwt, publicKey);

    expect(verdict).toMatchObject({ ok: false, reply: { status: 401, body: '{"message":"Unauthorized"}' } });
  });

  test('refuses a token of another key, of no key, and what is no token', async () => {
    const other = await generateKeyPair('RS256');
    const tokens = [await sign(good, other.privateKey), new UnsecuredJWT(good).encode(), 'no.token.at-all', ''];

    for (const token of tokens) {
      expect(await authorizeByJwt(`Bearer ${token}`, jwt, publicKey)).toMatchObject({
        ok: false,
        reply: { status: 401 },
      });
    }
    expect(await authorizeByJwt(undefined, jwt, publicKey)).toMatchObject({ ok: false, reply: { status: 401 } });
  });

  test('wants one of the scopes of the route', async () => {
    const scoped = { ...jwt, scopes: ['meetings/write', 'meetings/admin'] };
    const judge = async (claims: JWTPayload) => authorizeByJwt(await sign({ ...good, ...claims }), scoped, publicKey);

    expect(await judge({ scope: 'openid meetings/write' })).toMatchObject({ ok: true });
    expect(await judge({ scp: ['meetings/admin'] })).toMatchObject({ ok: true });
    expect(await judge({ scope: 'openid' })).toMatchObject({
      ok: false,
      reply: { status: 403, body: '{"message":"Forbidden"}' },
    });
  });
});

describe('claimsAsText', () => {
  test('writes an object and what is nested as the gateway does', () => {
    expect(claimsAsText({ none: [], nested: [['a'], { b: 1, a: true }], gone: undefined })).toEqual({
      none: '[]',
      nested: '[[a] map[a:true b:1]]',
    });
  });
});

function definedOf(claims: Record<string, unknown>): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

function sign(claims: JWTPayload, key = privateKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(key);
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
