import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alice, bob, type Call, call, root, startService, type TestService } from '../../../service.ts';

type Door = (options?: Call) => ReturnType<typeof call>;

let service: TestService;
let list: Door;
let read: (id: string, options?: Call) => ReturnType<typeof call>;
let put: (id: string, body: unknown, options?: Call) => ReturnType<typeof call>;
let remove: (id: string, options?: Call) => ReturnType<typeof call>;
let me: Door;
let patchMe: Door;

beforeAll(async () => {
  service = await startService();
  const modules = {
    list: await import('../../../../functions/handlers/http/users/listUsers.handler.ts'),
    read: await import('../../../../functions/handlers/http/users/readUser.handler.ts'),
    put: await import('../../../../functions/handlers/http/users/putUser.handler.ts'),
    remove: await import('../../../../functions/handlers/http/users/deleteUser.handler.ts'),
    me: await import('../../../../functions/handlers/http/users/readMe.handler.ts'),
    patchMe: await import('../../../../functions/handlers/http/users/patchMe.handler.ts'),
  };
  list = (options) => call(modules.list.handler as never, { claims: root, ...options });
  read = (id, options) => call(modules.read.handler as never, { claims: root, path: { id }, ...options });
  put = (id, body, options) => call(modules.put.handler as never, { claims: root, path: { id }, body, ...options });
  remove = (id, options) => call(modules.remove.handler as never, { claims: root, path: { id }, ...options });
  me = (options) => call(modules.me.handler as never, { claims: alice, ...options });
  patchMe = (options) => call(modules.patchMe.handler as never, { claims: alice, ...options });
  await me();
  await me({ claims: bob });
});

afterAll(() => service.stop());

describe('the doors of admins', () => {
  test('are shut to others, and say so before they look', async () => {
    const doors = [list({ claims: alice }), read('bob-id', { claims: alice }), remove('bob-id', { claims: alice })];
    const answers = await Promise.all([...doors, put('bob-id', { nonsense: true }, { claims: alice })]);

    for (const { status, body } of answers)
      expect({ status, code: body.code }).toEqual({ status: 403, code: 'admin-needed' });
    expect((await read('bob-id')).status).toBe(200);
  });

  test('do not know whom nobody knows', async () => {
    for (const { status, body } of [await read('nobody'), await remove('nobody')]) {
      expect({ status, code: body.code }).toEqual({ status: 404, code: 'user-not-found' });
    }
  });
});

describe('PUT /users/{id}', () => {
  const everything = { capabilities: ['meetings'], alias: 'bobby', language: 'ca', landLineNumber: '34930000001' };

  test('sets all that an admin says of a user, and takes away what they do not say', async () => {
    const set = await put('bob-id', everything);
    expect(set).toMatchObject({
      status: 200,
      body: {
        username: 'bob',
        email: 'bob@example.org',
        granted: ['meetings'],
        alias: 'bobby',
        landLineNumber: '+34930000001',
      },
    });

    const { body: bare } = await put('bob-id', { capabilities: [] });
    expect(bare).toMatchObject({ username: 'bob', email: 'bob@example.org', granted: [], capabilities: [] });
    expect(bare).not.toHaveProperty('alias');
    expect((await read('bob-id')).body).toEqual(bare);
  });

  test('gives capabilities that hold from the next call on, beside those of the token', async () => {
    await put('alice-id', { capabilities: ['admin'] });
    const { status, body } = await list({ claims: alice });
    expect(status).toBe(200);
    expect(body.users.find((user: { id: string }) => user.id === 'alice-id')).toMatchObject({
      role: 'admin',
      capabilities: ['meetings', 'admin'],
      granted: ['admin'],
    });

    await put('alice-id', { capabilities: [] });
    expect((await list({ claims: alice })).status).toBe(403);
  });

  test('cannot take away what the token says', async () => {
    await put('alice-id', { capabilities: [] });

    expect((await me()).body.capabilities).toEqual(['meetings']);
  });

  test('enters somebody who has not called yet, and knows them when they do', async () => {
    const body = { username: 'carol', capabilities: ['meetings'], language: 'es' };
    const entered = await put('carol-id', body);
    expect(entered).toMatchObject({ status: 201, headers: { location: '/users/carol-id' } });
    expect(entered.body).toMatchObject({ id: 'carol-id', username: 'carol', role: 'user' });
    expect(entered.body).not.toHaveProperty('lastLogin');

    const claims = { sub: 'carol-id', 'cognito:username': 'carol.c', email: 'c@example.org', email_verified: 'true' };
    const { body: carol } = await me({ claims });
    expect(carol).toMatchObject({
      username: 'carol.c',
      email: 'c@example.org',
      language: 'es',
      capabilities: ['meetings'],
    });
    expect(carol.lastLogin).toBeDefined();
  });

  test('changes the username of somebody until they call', async () => {
    await put('dave-id', { username: 'dave', capabilities: [] });
    expect((await put('dave-id', { username: 'david', capabilities: [] })).body).toMatchObject({ username: 'david' });
    expect((await list({ query: { username: 'dav' } })).body.users).toHaveLength(1);

    await me({ claims: { sub: 'dave-id', 'cognito:username': 'david' } });
    expect((await put('dave-id', { username: 'david', capabilities: [] })).status).toBe(200);
    const { status, body: problem } = await put('dave-id', { username: 'dave', capabilities: [] });
    expect({ status, errors: problem.errors }).toEqual({
      status: 400,
      errors: [{ path: '/username', message: 'is what the user’s token says' }],
    });
  });

  test('refuses a new user without a username, and an alias that is taken', async () => {
    expect((await put('erin-id', { capabilities: [] })).body.errors).toEqual([
      { path: '/username', message: 'is required of a new user' },
    ]);
    expect((await put('bob-id', { capabilities: [], alias: 'alice' })).body).toMatchObject({
      code: 'alias-taken',
      status: 409,
    });
    expect((await read('erin-id')).status).toBe(404);
  });
});

describe('nobody makes themselves more than they are', () => {
  const mallory = { sub: 'mallory-id', 'cognito:username': 'mallory' };
  const isAdmin = async (claims: Record<string, string>) => (await list({ claims })).status === 200;

  test.each([
    { role: 'admin' },
    { roles: '[admin]' },
    { admin: 'true' },
    { capabilities: '[admin]' },
    { granted: '[admin]' },
    { groups: '[admin]' },
    { 'custom:cognito:groups': '[admin]' },
    { scope: 'admin' },
    { 'cognito:groups': '[x,admin]' },
    { 'cognito:groups': '[ADMIN]' },
    { 'cognito:username': 'admin', preferred_username: 'admin' },
  ])('by a claim like %j', async (claims) => {
    expect(await isAdmin({ ...mallory, ...claims })).toBe(false);
  });

  test('by what they say of themselves', async () => {
    for (const body of [{ capabilities: ['admin'] }, { granted: ['admin'] }, { role: 'admin' }, { id: 'root-id' }]) {
      expect((await patchMe({ claims: mallory, body })).status).toBe(400);
    }
    expect(await isAdmin(mallory)).toBe(false);
  });

  test('by granting it, with any capability but admin', async () => {
    const claims = { ...mallory, 'cognito:groups': '[meetings dial-in]' };

    expect((await put('mallory-id', { capabilities: ['admin'] }, { claims })).status).toBe(403);
    expect(await isAdmin(claims)).toBe(false);
  });

  test('by a token that said more before', async () => {
    expect(await isAdmin({ ...mallory, 'cognito:groups': '[admin]' })).toBe(true);
    expect(await isAdmin(mallory)).toBe(false);
    expect((await me({ claims: mallory })).body).toMatchObject({ role: 'user', capabilities: [] });
  });
});

describe('GET /users', () => {
  beforeAll(async () => {
    for (let count = 10; count < 35; count += 1) {
      const claims = {
        sub: `id-${count}`,
        'cognito:username': `Page-${count}`,
        email: `p${count}@pages.example.org`,
        email_verified: 'true',
      };
      await me({ claims });
    }
  });

  test('gives pages, each user once, by username without regard to case', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { status, body } = await list({ query: { username: 'pAGE-', limit: '10', ...(cursor ? { cursor } : {}) } });
      expect(status).toBe(200);
      names.push(...body.users.map((user: { username: string }) => user.username));
      cursor = body.cursor;
      pages += 1;
    } while (cursor);

    expect(pages).toBe(3);
    expect(names).toEqual(Array.from({ length: 25 }, (_, index) => `Page-${index + 10}`));
  });

  test('finds by the beginning of a mail address', async () => {
    const { body } = await list({ query: { email: 'P2' } });

    expect(body.users.map((user: { email: string }) => user.email)).toEqual(
      Array.from({ length: 10 }, (_, index) => `p2${index}@pages.example.org`),
    );
  });

  test('gives fifty where no limit is asked, and all where no name is', async () => {
    const { body } = await list();

    expect(body.users.map((user: { id: string }) => user.id)).toEqual(
      expect.arrayContaining(['alice-id', 'bob-id', 'id-34']),
    );
    expect(body.cursor).toBeUndefined();
  });

  test('leaves out who was deleted', async () => {
    await me({ claims: { sub: 'leaver-id', 'cognito:username': 'leaver' } });
    expect((await list({ query: { username: 'leaver' } })).body.users).toHaveLength(1);
    await remove('leaver-id');
    expect((await list({ query: { username: 'leaver' } })).body.users).toEqual([]);
  });

  test('refuses the cursor of another listing', async () => {
    const cursor = Buffer.from('NAME#b#id').toString('base64url');
    const { status, body: problem } = await list({ query: { username: 'a', cursor } });

    expect({ status, errors: problem.errors }).toEqual({
      status: 400,
      errors: [{ path: '/cursor', message: 'must be the cursor of a page of the same listing' }],
    });
  });
});

describe('DELETE /users/{id}', () => {
  const claims = { sub: 'zoe-id', 'cognito:username': 'zoe', email: 'zoe@example.org', email_verified: 'true' };

  test('shuts every door to the user, for good, and may be repeated', async () => {
    await me({ claims });
    expect(await remove('zoe-id')).toMatchObject({ status: 204, body: undefined });
    expect((await remove('zoe-id')).status).toBe(204);

    for (const answer of [await me({ claims }), await patchMe({ claims, body: { language: 'en' } })]) {
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 403, code: 'user-deleted' });
    }
    expect((await me({ claims: { ...claims, 'cognito:groups': '[admin]' } })).status).toBe(403);
  });

  test('cannot be undone', async () => {
    await me({ claims: { ...claims, sub: 'yan-id' } });
    await remove('yan-id');

    for (const { status, body } of [await read('yan-id'), await put('yan-id', { capabilities: ['meetings'] })]) {
      expect({ status, code: body.code }).toEqual({ status: 410, code: 'user-gone' });
    }
  });
});
