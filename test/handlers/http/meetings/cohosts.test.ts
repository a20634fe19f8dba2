import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler as cancel } from '../../../../functions/handlers/http/meetings/cancelMeeting.handler.ts';
import { handler as create } from '../../../../functions/handlers/http/meetings/createMeeting.handler.ts';
import { handler as patch } from '../../../../functions/handlers/http/meetings/patchMeeting.handler.ts';
import { handler as readInvitations } from '../../../../functions/handlers/http/meetings/readInvitations.handler.ts';
import { handler as read } from '../../../../functions/handlers/http/meetings/readMeeting.handler.ts';
import { handler as hostToken } from '../../../../functions/handlers/http/rooms/createHostToken.handler.ts';
import { handler as putUser } from '../../../../functions/handlers/http/users/putUser.handler.ts';
import { alice, type Claims, call, root, startService, type TestService } from '../../../service.ts';

let service: TestService;
let id: string;

const carla: Claims = { sub: 'carla-id', 'cognito:username': 'carla', 'cognito:groups': '[meetings]' };
const incapable: Claims = { sub: 'carla-id', 'cognito:username': 'carla' };
const people = [
  { userId: 'carla-id', role: 'cohost' },
  { email: 'ana@example.org', name: 'Ana' },
];

beforeAll(async () => {
  service = await startService();
  await call(putUser, { claims: root, path: { id: 'carla-id' }, body: { username: 'carla', capabilities: [] } });
});

afterAll(() => service.stop());

const schedule = async (over: object = {}): Promise<string> => {
  const body = { name: 'Planning', participants: people, validSince: Date.now() + 3_600_000, ...over };
  const { status, body: made } = await call(create, { claims: alice, body });
  expect(status, JSON.stringify(made)).toBe(201);
  return made.id;
};

beforeEach(async () => {
  id = await schedule();
});

const merged = { 'content-type': 'application/merge-patch+json' };
const change = (body: object, claims: Claims = alice, of = id) =>
  call(patch, { claims, path: { id: of }, headers: merged, body });
const seenBy = async (claims: Claims, of = id) => (await call(read, { claims, path: { id: of } })).body;

describe('a co-host', () => {
  test('may be host in the room, whatever else they may', async () => {
    const { status, body } = await call(hostToken, { claims: incapable, path: { id } });

    expect(status).toBe(201);
    expect(body.token).toMatch(/^[0-9a-z]{32}$/);
    expect(body.url).toContain(`#host=${body.token}`);
  });

  test('sees the meeting as a participant does, and may not change it, where it does not say so', async () => {
    expect((await seenBy(carla)).participants).toEqual([
      { id: expect.any(String), role: 'cohost', answer: { status: 'needsAction' } },
      { id: expect.any(String), name: 'Ana' },
    ]);
    for (const door of [patch, cancel, readInvitations]) {
      const { status, body } = await call(door, { claims: carla, path: { id }, headers: merged, body: { name: 'X' } });
      expect(status).toBe(403);
      expect(body).toMatchObject({
        code: 'not-organizer',
        detail: 'Only the organizer of a meeting, and a co-host who manages it, may do this.',
      });
    }
  });

  test('sees and changes it where it does', async () => {
    const managed = await schedule({ cohostsManage: true });
    const { body: seen } = await call(read, { claims: carla, path: { id: managed } });

    expect(seen.cohostsManage).toBe(true);
    expect(seen.participants).toMatchObject([{ userId: 'carla-id', role: 'cohost' }, { email: 'ana@example.org' }]);
    expect(await change({ name: 'Planned by two' }, carla, managed)).toMatchObject({
      status: 200,
      body: { name: 'Planned by two', organizerId: alice.sub },
    });
    expect((await call(cancel, { claims: carla, path: { id: managed } })).status).toBe(204);
  });

  test('manages only with the capability that it takes', async () => {
    const managed = await schedule({ cohostsManage: true });
    const { status, body } = await change({ name: 'X' }, incapable, managed);

    expect(status).toBe(403);
    expect(body.code).toBe('capability-missing');
  });

  test('is made and unmade by a change of the list, of which nobody is told', async () => {
    const { participants } = await seenBy(alice);
    const [first, second] = participants;
    const undone = await change({ participants: [{ id: first.id, role: 'participant' }, second] });

    expect(undone.body).toMatchObject({ revision: 2, sequence: 0 });
    expect(undone.body.participants[0]).toEqual({ ...first, role: undefined });
    expect((await call(hostToken, { claims: carla, path: { id } })).body.code).toBe('not-organizer');

    const redone = await change({ participants: [{ id: first.id, role: 'cohost' }, { id: second.id }] });
    expect(redone.body).toMatchObject({ revision: 3, sequence: 0, participants });
  });

  test('stays one in a list that names them by nothing but their id', async () => {
    const { participants } = await seenBy(alice);
    const { body } = await change({ participants: participants.map((one: { id: string }) => ({ id: one.id })) });

    expect(body).toMatchObject({ revision: 1, participants });
  });

  test('loses what they managed by as soon as the meeting says so', async () => {
    const managed = await schedule({ cohostsManage: true });
    expect((await change({ cohostsManage: null }, alice, managed)).body).toMatchObject({
      cohostsManage: false,
      revision: 2,
      sequence: 0,
    });

    expect((await change({ name: 'X' }, carla, managed)).body.code).toBe('not-organizer');
  });
});

test('another user than the one who is named is no co-host, whatever they are called', async () => {
  const managed = await schedule({ cohostsManage: true });
  const other = { ...carla, sub: 'other-id' };

  expect((await change({ name: 'X' }, other, managed)).body.code).toBe('meeting-not-found');
  expect((await call(hostToken, { claims: other, path: { id: managed } })).body.code).toBe('meeting-not-found');
});
