import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSignInGrants } from '../../../infra/local/userPools/signInGrants.ts';
import type { UserPoolClient } from '../../../infra/local/userPools/userPool.ts';

const client: UserPoolClient = {
  id: 'web',
  flows: [],
  tokenSeconds: 3_600,
  refreshSeconds: 43_200,
  rotates: true,
  pages: { scopes: ['openid'], callbackUrls: ['https://c/'], logoutUrls: ['https://c/'] },
};
const verifier = 'a-secret-of-this-time';
const request = {
  clientId: 'web',
  redirectUri: 'https://c/',
  scope: 'openid',
  nonce: 'n',
  codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
};
const given = { clientId: 'web', redirectUri: 'https://c/', verifier };

describe('a code', () => {
  test('is good once, with the secret of its challenge', () => {
    const grants = createSignInGrants(() => 5_000);
    const code = grants.issueCode(request, 'alice');

    expect(grants.redeem(code, given)).toEqual({
      username: 'alice',
      clientId: 'web',
      scope: 'openid',
      nonce: 'n',
      authTime: 5,
    });
    expect(grants.redeem(code, given)).toBeUndefined();
  });

  test.each([
    ['another secret', { ...given, verifier: 'x' }],
    ['another client', { ...given, clientId: 'x' }],
    ['another address', { ...given, redirectUri: 'https://x/' }],
  ])('is nothing to %s', (_, other) => {
    const grants = createSignInGrants(() => 0);
    expect(grants.redeem(grants.issueCode(request, 'alice'), other)).toBeUndefined();
  });

  test('ends after five minutes', () => {
    let now = 0;
    const grants = createSignInGrants(() => now);
    const code = grants.issueCode(request, 'alice');
    now = 300_001;
    expect(grants.redeem(code, given)).toBeUndefined();
  });
});

describe('a refresh token', () => {
  const signedIn = { username: 'alice', clientId: 'web', scope: 'openid', nonce: 'n', authTime: 0 };

  test('is replaced when it is used, and ends a minute later', () => {
    let now = 0;
    const grants = createSignInGrants(() => now);
    const first = grants.issueRefresh(client, signedIn);
    const second = grants.refresh(client, first);

    expect(second?.next).not.toBe(first);
    expect(grants.refresh(client, first)?.signedIn).toEqual(signedIn);
    now = 60_001;
    expect(grants.refresh(client, first)).toBeUndefined();
    expect(grants.refresh(client, second?.next ?? '')?.signedIn).toEqual(signedIn);
    now = 43_200_001;
    expect(grants.refresh(client, second?.next ?? '')).toBeUndefined();
  });

  test('that is revoked takes along what came of the same sign-in', () => {
    const grants = createSignInGrants(() => 0);
    const first = grants.issueRefresh(client, signedIn);
    const second = grants.refresh(client, first)?.next ?? '';
    grants.revoke(first);

    expect([first, second].map((token) => grants.refresh(client, token))).toEqual([undefined, undefined]);
  });
});
