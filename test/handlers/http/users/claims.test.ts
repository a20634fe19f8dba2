import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alice, type Call, type Claims, call, startService, type TestService } from '../../../service.ts';

let service: TestService;
let readMe: (claims: Claims) => ReturnType<typeof call>;
let create: (options: Call) => ReturnType<typeof call>;

beforeAll(async () => {
  service = await startService();
  const { handler } = await import('../../../../functions/handlers/http/users/readMe.handler.ts');
  const meetings = await import('../../../../functions/handlers/http/meetings/createMeeting.handler.ts');
  readMe = (claims) => call(handler, { claims });
  create = (options) => call(meetings.handler, { claims: alice, ...options });
});

afterAll(() => service.stop());

describe('the groups of a token', () => {
  const tokenOf = (payload: object) => `Bearer e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`;
  const groupsOf = async (
    sub: string,
    groups: string[],
    authorization = tokenOf({ sub, 'cognito:groups': groups }),
  ) => {
    const claims = { sub, 'cognito:groups': `[${groups.join(' ')}]` };
    const { handler } = await import('../../../../functions/handlers/http/users/readMe.handler.ts');
    const { status, body } = await call(handler, { claims, headers: { authorization } });
    return { status, role: body.role, capabilities: body.capabilities };
  };

  test.each<[string[], string, string[]]>([
    [['x admin'], 'user', ['x admin']],
    [['x', 'admin'], 'admin', ['x', 'admin']],
    [['admin meetings'], 'user', ['admin meetings']],
    [['admin', 'meetings'], 'admin', ['admin', 'meetings']],
    [['all staff', 'meetings'], 'user', ['all staff', 'meetings']],
  ])('%j make a user %s', async (groups, role, capabilities) => {
    expect(await groupsOf(`of-${groups.join('+')}`.replaceAll(' ', '-'), groups)).toEqual({
      status: 200,
      role,
      capabilities,
    });
  });

  test.each(['Bearer', 'Bearer e30.!.c2ln', 'Bearer e30.W10.c2ln', 'Bearer e30.eyJ4.c2ln', 'Basic eDp5', ''])(
    'of several words make nobody more where the token cannot be read: %j',
    async (authorization) => {
      expect(await groupsOf('of-an-unread-token', ['x', 'admin'], authorization)).toEqual({
        status: 200,
        role: 'user',
        capabilities: [],
      });
    },
  );

  test('that are joined into one name take back what two had granted', async () => {
    expect(await groupsOf('joined-id', ['x', 'admin'])).toMatchObject({ role: 'admin' });
    expect(await groupsOf('joined-id', ['x admin'])).toEqual({ status: 200, role: 'user', capabilities: ['x admin'] });
  });
});

describe('a token', () => {
  test.each<[string, Claims]>([
    ['no sub', { email: 'ana@example.org' }],
    ['an empty sub', { sub: '' }],
    ['a sub that means whoever calls', { sub: 'me' }],
    ['a sub with a blank', { sub: 'a b' }],
    ['a sub beyond ASCII', { sub: 'ü' }],
    ['half a character for a sub', { sub: '\ud83c' }],
    ['a sub of 129 characters', { sub: 'x'.repeat(129) }],
  ])('with %s is refused', async (_, claims) => {
    const { status, headers, body } = await readMe(claims);

    expect({ status, type: headers['content-type'], body }).toEqual({
      status: 403,
      type: 'application/problem+json',
      body: {
        type: '/docs/problems.md#invalid-subject',
        title: 'The token names nobody who can be a user',
        status: 403,
        code: 'invalid-subject',
        detail: 'The token must have a `sub` of 1 to 128 printable ASCII characters that is not "me".',
        instance: 'urn:request:request-1',
      },
    });
  });

  test.each<[string, string, string]>([
    ['is 18 times as long once it is normalized', '\ufdfa'.repeat(64), '\ufdfa'.repeat(64)],
    ['is 128 of those', '\ufdfa'.repeat(128), '\ufdfa'.repeat(128)],
    ['is longer than a name may be', 'x'.repeat(2_000), 'x'.repeat(128)],
    ['has a character of two halves where a key ends', `${'x'.repeat(127)}🎉`, 'x'.repeat(127)],
    ['has half a character', 'Ana \ud83c', 'Ana'],
    ['has control characters and overrides', '\u202eAna\u0000\r\nBcc: x', 'AnaBcc: x'],
    ['cannot be seen', '\u200b\u2800', 'user-of-many'],
  ])('whose name %s lets its user work', async (what, name, username) => {
    const sub = `user ${what}`.replaceAll(/\W/g, '-');
    const claims = {
      sub,
      preferred_username: name,
      'cognito:username': 'user-of-many',
      'cognito:groups': '[meetings]',
    };

    expect((await readMe(claims)).body).toMatchObject({ id: sub, username });
    expect(await readMe(claims)).toMatchObject({ status: 200 });
    const body = { name: 'Planning', participants: [], validSince: new Date(Date.now() + 3_600_000).toISOString() };
    expect((await create({ claims, body })).status).toBe(201);
  });
});
