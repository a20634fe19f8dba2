import { statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { issueToken, openIssuer } from '../../../infra/local/tokens/issuer.ts';
import { localUsers } from '../../../infra/run/localUsers.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';

const definition = {
  issuer: 'https://issuer.example',
  audience: 'web',
  capabilitiesClaim: 'groups',
  users: [...localUsers],
};

describe('openIssuer', () => {
  test('signs for the issuer and the audience, with what a user pool says of a user', async () => {
    const issuer = await openIssuer(temporaryDirectory(), definition);

    const { payload } = await jwtVerify(await issuer.issue('alice'), issuer.publicKey, {
      issuer: 'https://issuer.example',
      audience: 'web',
    });

    expect(payload).toMatchObject({
      sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'cognito:username': 'alice',
      email: 'alice@example.org',
      email_verified: true,
      phone_number: '+34600000001',
      phone_number_verified: true,
      groups: ['admin', 'meetings'],
    });
    expect(decodeJwt(await issuer.issue('bob'))).not.toHaveProperty('groups');
  });

  test('puts other claims over those of the user, and leaves out what is undefined', async () => {
    const issuer = await openIssuer(temporaryDirectory(), definition);

    const claims = decodeJwt(await issuer.issue('alice', { email_verified: false, groups: undefined, exp: 7 }));

    expect(claims).toMatchObject({ email_verified: false, exp: 7 });
    expect(claims).not.toHaveProperty('groups');
  });

  test('signs for anyone whom the claims name, and for nobody else', async () => {
    const issuer = await openIssuer(temporaryDirectory(), definition);

    expect(decodeJwt(await issuer.issue('carol', { sub: 'c' }))).toMatchObject({
      sub: 'c',
      'cognito:username': 'carol',
    });
    await expect(issuer.issue('carol')).rejects.toThrow('There is no local user carol; there are alice, bob');
  });

  test('keeps its keys, for its own eyes', async () => {
    const directory = temporaryDirectory();
    const first = await openIssuer(directory, definition);
    const token = await first.issue('alice');

    const second = await openIssuer(directory, definition);

    await jwtVerify(token, second.publicKey);
    expect(statSync(join(directory, 'issuer-keys.json')).mode & 0o077).toBe(0);
  });
});

describe('issueToken', () => {
  test('signs for the service whose state is in the folder', async () => {
    const directory = temporaryDirectory();
    await expect(issueToken(directory, 'alice')).rejects.toThrow('No service has run in');
    const issuer = await openIssuer(directory, definition);

    await jwtVerify(await issueToken(directory, 'alice'), issuer.publicKey, { audience: 'web' });
  });
});
