import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler as create } from '../../../../functions/handlers/http/meetings/createMeeting.handler.ts';
import { handler as manage } from '../../../../functions/handlers/http/meetings/manageParticipants.handler.ts';
import { handler as readInvitations } from '../../../../functions/handlers/http/meetings/readInvitations.handler.ts';
import { handler as read } from '../../../../functions/handlers/http/meetings/readMeeting.handler.ts';
import { handler as readMe } from '../../../../functions/handlers/http/users/readMe.handler.ts';
import { meetingStore } from '../../../../functions/meetings/meetingStore.ts';
import { type Answer, alice, bob, call, root, startService, type TestService } from '../../../service.ts';

let service: TestService;
let id: string;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.stop());

/** A user, with an address that they have verified. */
const verify = (userId: string, email?: string) =>
  call(readMe, {
    claims: { sub: userId, 'cognito:username': userId, ...(email ? { email, email_verified: 'true' } : {}) },
  });

/** Another meeting of alice's, of which nobody is told. */
const silent = async (participants: readonly object[]): Promise<string> => {
  const body = { name: 'Silent', participants, validSince: Date.now() + 3_600_000, sendInvitations: false };
  const { status, body: made } = await call(create, { claims: alice, body });
  expect(status, JSON.stringify(made)).toBe(201);
  return made.id;
};

const ana = { name: 'Ana', email: 'ana@example.org' };

beforeEach(async () => {
  const body = { name: 'Planning', participants: [ana], validSince: Date.now() + 3_600_000 };
  id = (await call(create, { claims: alice, body })).body.id;
});

const add = (body: unknown, over: object = {}): Promise<Answer> =>
  call(manage, { claims: alice, routeKey: 'POST /meetings/{id}/participants', path: { id }, body, ...over });
const remove = (participantId: string, over: object = {}): Promise<Answer> =>
  call(manage, {
    claims: alice,
    routeKey: 'DELETE /meetings/{id}/participants/{participantId}',
    path: { id, participantId },
    ...over,
  });
const meeting = async () => (await call(read, { claims: alice, path: { id } })).body;
const kept = () => meetingStore(service.table, 30).get(id);
const toldOf = async () => (await kept())?.participants.map(({ email, told, invited }) => ({ email, told, invited }));

describe('a participant who is added', () => {
  test('is invited by the next sequence, and nobody else is told', async () => {
    const { status, body, headers } = await add({ email: 'carla@example.org', name: 'Carla', required: false });

    expect(status).toBe(201);
    expect(headers.etag).toBe('"2"');
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-z]{12}$/),
      name: 'Carla',
      email: 'carla@example.org',
      required: false,
      answer: { status: 'needsAction' },
    });
    expect(await toldOf()).toEqual([
      { email: 'ana@example.org', told: 0, invited: 0 },
      { email: 'carla@example.org', told: 1, invited: 1 },
    ]);
    expect(await meeting()).toMatchObject({ revision: 2, sequence: 1, participants: [ana, body] });
  });

  test('who takes part already is answered with as they are, and nothing changes', async () => {
    const { participants } = await meeting();
    const { status, body, headers } = await add({ email: 'ANA@example.org' });

    expect(status).toBe(200);
    expect(headers.etag).toBe('"1"');
    expect(body).toEqual(participants[0]);
    expect(await meeting()).toMatchObject({ revision: 1, sequence: 0 });
  });

  test('by a further address is the same person, who is invited there', async () => {
    const { status, body } = await add({ ...ana, phone: '+34600000009' });

    expect(status).toBe(200);
    expect(body).toMatchObject({ ...ana, phone: '+34600000009' });
    expect((await meeting()).participants).toHaveLength(1);
    const { body: invitations } = await call(readInvitations, { claims: alice, path: { id } });
    expect(invitations.participants[0].deliveries).toMatchObject([
      { channel: 'email', state: 'pending' },
      { channel: 'sms', state: 'pending' },
    ]);
  });

  test('whose number is spelt with what its country does not dial from abroad is found as it is kept', async () => {
    const { status, body } = await add({ phone: '+4401212345678' }, { path: { id: await silent([]) } });

    expect(status).toBe(201);
    expect(body.phone).toBe('+441212345678');
  });

  test('by an address that is the one of a user who takes part is that user, unchanged', async () => {
    await verify('uma-id', 'uma@example.org');
    const named = await silent([{ userId: 'uma-id' }, { userId: 'alice-id' }]);
    const { participants } = (await call(read, { claims: alice, path: { id: named } })).body;

    for (const [index, email] of ['UMA@example.org', alice.email].entries()) {
      const { status, body } = await add({ email }, { path: { id: named } });
      expect(status).toBe(200);
      expect(body).toEqual(participants[index]);
    }
    expect((await call(read, { claims: alice, path: { id: named } })).body).toMatchObject({
      revision: 1,
      participants,
    });
  });

  test('who takes part keeps their name, role and whether they need to come', async () => {
    await verify('uma-id', 'uma@example.org');
    const named = await silent([{ userId: 'uma-id', role: 'cohost', required: false, name: 'Uma' }]);
    const again = { userId: 'uma-id', role: 'participant', required: true, name: 'Another' };
    const { status, body } = await add(again, { path: { id: named } });

    expect(status).toBe(200);
    expect(body).toMatchObject({ userId: 'uma-id', role: 'cohost', required: false, name: 'Uma' });
  });

  test('may not be two who take part already', async () => {
    const people = [{ email: 'one@example.org' }, { phone: '+34600000009' }];
    const two = { email: 'one@example.org', phone: '+34600000009' };
    const { status, body } = await add(two, { path: { id: await silent(people) } });

    expect(status).toBe(400);
    expect(body.errors).toEqual([{ path: '', message: 'must not name two participants of this meeting at once' }]);
  });

  test('comes to a meeting of whom two turned out to be one, and a third leaves it', async () => {
    await verify('eva-id');
    const named = await silent([{ userId: 'eva-id' }, { email: 'eva@example.org' }, { email: 'zoe@example.org' }]);
    await verify('eva-id', 'eva@example.org');
    const { participants } = (await call(read, { claims: alice, path: { id: named } })).body;

    expect((await add({ email: 'new@example.org' }, { path: { id: named } })).status).toBe(201);
    expect((await remove(participants[2].id, { path: { id: named, participantId: participants[2].id } })).status).toBe(
      204,
    );
    const { participants: left } = (await call(read, { claims: alice, path: { id: named } })).body;
    expect(left.map((one: { userId?: string; email?: string }) => one.userId ?? one.email)).toEqual([
      'eva-id',
      'eva@example.org',
      'new@example.org',
    ]);
  });

  test('all at once are all there', async () => {
    const emails = Array.from({ length: 5 }, (_, index) => `guest-${index}@example.org`);
    const answers = await Promise.all(emails.map((email) => add({ email })));

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    const all = (await meeting()).participants.map(({ email }: { email: string }) => email);
    expect(all.sort()).toEqual(['ana@example.org', ...emails].sort());
  });

  test('only at the revision that was named', async () => {
    const { status, body } = await add({ email: 'carla@example.org' }, { headers: { 'if-match': '"7"' } });

    expect(status).toBe(412);
    expect(body).toMatchObject({ code: 'precondition-failed' });
    expect((await meeting()).participants).toHaveLength(1);
  });

  test('is one too many after two thousand', async () => {
    const participants = Array.from({ length: 2_000 }, (_, index) => ({ email: `guest-${index}@example.org` }));
    const body = { name: 'Rally', participants, validSince: Date.now() + 3_600_000, sendInvitations: false };
    const { body: rally } = await call(create, { claims: alice, body });
    const { status, body: refusal } = await add({ email: 'carla@example.org' }, { path: { id: rally.id } });

    expect(status).toBe(409);
    expect(refusal).toEqual({
      type: '/docs/problems.md#too-many-participants',
      title: 'There are too many participants',
      status: 409,
      detail: 'This meeting has 2000 participants, the most that it can have.',
      instance: 'urn:request:request-1',
      code: 'too-many-participants',
    });
  });
});

describe('a participant who is removed', () => {
  test('is told by the next sequence, and nobody else is', async () => {
    const { body: carla } = await add({ email: 'carla@example.org' });
    const { status, headers } = await remove(carla.id);

    expect(status).toBe(204);
    expect(headers.etag).toBe('"3"');
    expect(await toldOf()).toEqual([{ email: 'ana@example.org', told: 0, invited: 0 }]);
    expect((await kept())?.removed).toMatchObject([{ email: 'carla@example.org', told: 2 }]);
  });

  test('is there no more: a second time finds nobody', async () => {
    const [person] = (await meeting()).participants;
    expect((await remove(person.id)).status).toBe(204);
    const { status, body } = await remove(person.id);

    expect(status).toBe(404);
    expect(body).toMatchObject({
      code: 'participant-not-found',
      title: 'There is no such participant',
      detail: 'There is no such participant in this meeting.',
    });
  });
});

test('neither is for anybody but the organizer and admins', async () => {
  const [person] = (await meeting()).participants;
  expect((await add({ email: 'x@example.org' }, { claims: bob })).body.code).toBe('meeting-not-found');
  expect((await remove(person.id, { claims: bob })).body.code).toBe('meeting-not-found');
  expect((await add({ email: 'x@example.org' }, { claims: root })).status).toBe(201);
  expect((await remove(person.id, { claims: root })).status).toBe(204);
});
