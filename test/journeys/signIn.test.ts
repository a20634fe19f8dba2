import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginJourney, type Journey } from './journey.ts';

let service: Journey;

beforeAll(async () => {
  service = await beginJourney();
});

afterAll(() => service.end());

type Claims = Readonly<Record<string, unknown>>;

/** What a token of somebody who has signed in elsewhere holds; a claim of `claims` stands over it. */
const someone = (claims: Claims): Claims => ({
  sub: 'someone-else',
  'cognito:username': undefined,
  token_use: undefined,
  email: undefined,
  email_verified: undefined,
  ...claims,
});

async function ask(claims: Claims, path = '/users/me') {
  const authorization = `Bearer ${await service.token('bob', someone(claims))}`;
  const response = await fetch(service.url + path, { headers: { authorization } });
  const { status, headers } = response;
  const type = headers.get('content-type');
  return { status, type, challenge: headers.get('www-authenticate'), body: JSON.parse(await response.text()) };
}

describe('a token that is not the one to send', () => {
  test('is an access token of a user pool: the answer says which is', async () => {
    // As Cognito makes it: the client in place of an audience.
    const access = { token_use: 'access', username: 'ana', scope: 'aws.cognito.signin.user.admin' };
    const audience = service.stack.ofType('AWS::Cognito::UserPoolClient')[0]?.ref;

    expect(await ask({ ...access, aud: undefined, client_id: audience })).toEqual({
      status: 403,
      type: 'application/problem+json',
      challenge: null,
      body: {
        type: '/docs/problems.md#id-token-needed',
        title: 'The ID token is needed, not the access token',
        status: 403,
        code: 'id-token-needed',
        detail: 'This is an access token, which does not hold its user’s addresses. Send the ID token of that sign-in.',
        instance: expect.stringMatching(/^urn:request:\S{16}$/),
      },
    });
  });

  test.each([undefined, '', 'me', 'a b', 'ü', ['a', 'b']])('has the sub %j', async (sub) => {
    expect(await ask({ sub })).toEqual({
      status: 403,
      type: 'application/problem+json',
      challenge: null,
      body: {
        type: '/docs/problems.md#invalid-subject',
        title: 'The token names nobody who can be a user',
        status: 403,
        code: 'invalid-subject',
        detail: 'The token must have a `sub` of 1 to 128 printable ASCII characters that is not "me".',
        instance: expect.stringMatching(/^urn:request:\S{16}$/),
      },
    });
  });

  test.each<[Claims, string]>([
    [{ aud: 'somebody-else' }, 'the token does not have a valid audience'],
    [{ iss: 'https://login.example.org' }, "unexpected 'iss' claim value"],
    [{ exp: 1 }, "'exp' claim timestamp check failed"],
  ])('with %j never reaches the service: the gateway says why in a header', async (claims, why) => {
    expect(await ask(claims)).toEqual({
      status: 401,
      type: 'application/json',
      challenge: `Bearer scope="" error="invalid_token" error_description="${why}"`,
      body: { message: 'Unauthorized' },
    });
  });
});

describe('addresses', () => {
  test.each<[unknown, string | undefined]>([
    [true, 'ana@example.org'],
    ['true', 'ana@example.org'],
    [false, undefined],
    ['false', undefined],
    [undefined, undefined],
    [1, undefined],
    [['true'], undefined],
  ])('that are verified: %j', async (verified, email) => {
    const sub = `verified-${JSON.stringify(verified)}`.replaceAll(/[^a-z0-9-]/g, '.');
    const { status, body } = await ask({ sub, email: 'ana@example.org', email_verified: verified });

    expect([status, body.email]).toEqual([200, email]);
  });
});

describe('capabilities', () => {
  test.each<[string, Claims, string[]]>([
    ['in an array', { 'cognito:groups': ['meetings', 'staff'] }, ['meetings', 'staff']],
    ['parted by blanks', { 'cognito:groups': 'meetings staff' }, ['meetings', 'staff']],
    ['in an object', { 'cognito:groups': { roles: ['x', 'admin', 'y'] } }, []],
    ['in another claim', { realm_access: { roles: ['admin'] }, roles: ['admin'], groups: ['admin'] }, []],
  ])('%s', async (form, claims, capabilities) => {
    const { status, body } = await ask({ sub: `capable-${form.replaceAll(' ', '-')}`, ...claims });

    expect([status, body.capabilities]).toEqual([200, capabilities]);
  });
});
