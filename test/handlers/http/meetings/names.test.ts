import { afterAll, beforeAll, expect, test } from 'vitest';
import { alice, type Claims, call, root, startService, type TestService } from '../../../service.ts';

let service: TestService;
let doors: Record<'create' | 'read' | 'patch' | 'put' | 'me', { handler: Parameters<typeof call>[0] }>;

beforeAll(async () => {
  service = await startService();
  doors = {
    create: await import('../../../../functions/handlers/http/meetings/createMeeting.handler.ts'),
    read: await import('../../../../functions/handlers/http/meetings/readMeeting.handler.ts'),
    patch: await import('../../../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
    put: await import('../../../../functions/handlers/http/users/putUser.handler.ts'),
    me: await import('../../../../functions/handlers/http/users/readMe.handler.ts'),
  };
});

afterAll(() => service.stop());

const named: Claims = { ...alice, name: 'Alice Vidal' };
const userNamed = (id: string, name?: string) =>
  call(doors.put.handler, { claims: root, path: { id }, body: { username: id, capabilities: [], name } });
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

test('a meeting says what its organizer and its users are called', async () => {
  await userNamed('nora-id', 'Nora Serra');
  await userNamed('blank-id');
  const participants = [{ userId: 'nora-id' }, { userId: 'blank-id' }, { email: 'pau@example.org', name: 'Pau' }];
  const body = { name: 'Planning', validSince: inAnHour(), participants };
  const created = await call(doors.create.handler, { claims: named, body });
  const { id } = created.body;

  expect(created.body.organizerName).toBe('Alice Vidal');
  expect(created.body.participants.map(({ name }: { name?: string }) => name)).toEqual([
    'Nora Serra',
    undefined,
    'Pau',
  ]);

  await userNamed('nora-id', 'Nora Serra i Pla');
  const { body: read } = await call(doors.read.handler, { claims: named, path: { id } });
  expect(read.participants[0]).toMatchObject({ name: 'Nora Serra i Pla', userId: 'nora-id' });
});

test('a list that is sent back as it was read changes nothing, whatever the directory calls its users', async () => {
  await userNamed('olga-id', 'Olga Ros');
  const body = { name: 'Planning', validSince: inAnHour(), participants: [{ userId: 'olga-id' }] };
  const { body: created } = await call(doors.create.handler, { claims: named, body });
  const { id, participants } = created;
  const patch = (participants: unknown) =>
    call(doors.patch.handler, {
      claims: named,
      path: { id },
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { participants },
    });

  expect(participants[0].name).toBe('Olga Ros');
  expect((await patch(participants)).body).toMatchObject({ revision: 1, sequence: 0 });

  await userNamed('olga-id', 'Olga R.');
  const another = await patch([{ ...participants[0], name: 'Olga, of the choir' }]);
  expect(another.body).toMatchObject({ revision: 2, sequence: 0, participants: [{ name: 'Olga, of the choir' }] });
});

test('an organizer who has no name is called by their username', async () => {
  const claims = { ...alice, sub: 'bare-id', 'cognito:username': 'bare', email: 'bare@example.org', phone_number: '' };
  const body = { name: 'Planning', validSince: inAnHour(), participants: [] };

  expect((await call(doors.create.handler, { claims, body })).body.organizerName).toBe('bare');
});

test('what a token calls its user counts before what an admin does, and comes and goes with the token', async () => {
  const mia: Claims = { sub: 'mia-id', 'cognito:username': 'mia' };
  await userNamed('mia-id', 'Mia of the directory');
  const nameFor = async (claims: Claims) => (await call(doors.me.handler, { claims })).body.name;

  expect(await nameFor(mia)).toBe('Mia of the directory');
  expect(await nameFor({ ...mia, name: '  Mia\u202e Torres ' })).toBe('Mia Torres');
  expect(await nameFor(mia)).toBe('Mia of the directory');
});
