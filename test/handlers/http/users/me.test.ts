import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alice, bob, type Call, call, root, startService, type TestService } from '../../../service.ts';
import { fieldsOfOthers } from '../../refusals/fieldsOfOthers.ts';

let service: TestService;
let get: (options?: Call) => ReturnType<typeof call>;
let patch: (body: unknown, options?: Call) => ReturnType<typeof call>;

beforeAll(async () => {
  service = await startService();
  const { handler: read } = await import('../../../../functions/handlers/http/users/readMe.handler.ts');
  const { handler: change } = await import('../../../../functions/handlers/http/users/patchMe.handler.ts');
  get = (options) => call(read as never, { claims: alice, ...options });
  patch = (body, options) => call(change as never, { claims: alice, body, ...options });
});

afterAll(() => service.stop());

describe('GET /users/me', () => {
  test('shows the caller themselves, from their first call on', async () => {
    const { status, headers, body: me } = await get();

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(me).toEqual({
      id: 'alice-id',
      username: 'alice',
      email: 'alice@example.org',
      mobilePhone: '+34600000001',
      role: 'user',
      capabilities: ['meetings'],
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      lastLogin: me.created,
    });
  });

  test('says who is an admin, and shows no address that was not verified', async () => {
    const { body: me } = await get({ claims: { ...root, email: 'root@example.org', email_verified: 'false' } });

    expect(me).toMatchObject({ role: 'admin', capabilities: ['admin'] });
    expect(me).not.toHaveProperty('email');
  });
});

describe('PATCH /users/me', () => {
  test('thirty times at once is answered with 200 each time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => patch({ landLineNumber: `349300000${10 + index}` })),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
    await patch({ landLineNumber: null });
  });

  test('sets what is given, keeps what is not, and takes away what is null', async () => {
    const set = await patch({ alias: 'Alice.W', language: 'ca', landLineNumber: '34930000000' });
    expect(set).toMatchObject({
      status: 200,
      body: { alias: 'Alice.W', language: 'ca', landLineNumber: '+34930000000', email: 'alice@example.org' },
    });

    const kept = await patch({ language: 'es-MX' });
    expect(kept.body).toMatchObject({ alias: 'Alice.W', language: 'es-MX', landLineNumber: '+34930000000' });

    const { body: taken } = await patch({ alias: null, landLineNumber: null });
    expect(taken).toMatchObject({ language: 'es-MX' });
    expect(Object.keys(taken)).not.toEqual(expect.arrayContaining(['alias']));
    expect((await get()).body).toEqual(taken);
  });

  test('of nothing changes nothing', async () => {
    const before = (await get()).body;

    expect(await patch({})).toMatchObject({ status: 200, body: before });
  });

  test('refuses an alias that is another’s', async () => {
    await get({ claims: bob });
    const { status, body: problem } = await patch({ alias: 'BOB' });

    expect(status).toBe(409);
    expect(problem).toMatchObject({ code: 'alias-taken' });
  });

  test.each(fieldsOfOthers)('refuses %s by its name, and changes nothing', async (field) => {
    const before = (await get()).body;
    const { status, body: problem } = await patch(`{"language": "en", ${JSON.stringify(field)}: ["admin"]}`);

    expect(status).toBe(400);
    expect(problem.errors).toEqual([{ path: `/${field}`, message: 'is not a known field' }]);
    expect((await get()).body).toEqual(before);
  });

  test('takes a merge patch, and no other kind of patch', async () => {
    const as = (type: string) => patch({ language: 'en' }, { headers: { 'Content-Type': type } });

    expect((await as('application/merge-patch+json')).status).toBe(200);
    expect((await as('application/json; charset=utf-8')).status).toBe(200);
    expect(await as('application/json-patch+json')).toMatchObject({
      status: 415,
      body: { code: 'unsupported-media-type' },
    });
  });

  test.each([null, [], 'text', 7, undefined])('refuses the body %j', async (body) => {
    expect((await patch(body)).status).toBe(400);
  });
});
