import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { handler as cancel } from '../../../../functions/handlers/http/meetings/cancelMeeting.handler.ts';
import { handler as create } from '../../../../functions/handlers/http/meetings/createMeeting.handler.ts';
import { handler as inviteAgain } from '../../../../functions/handlers/http/meetings/inviteAgain.handler.ts';
import { handler as patch } from '../../../../functions/handlers/http/meetings/patchMeeting.handler.ts';
import { handler as readChanges } from '../../../../functions/handlers/http/meetings/readChanges.handler.ts';
import { handler as read } from '../../../../functions/handlers/http/meetings/readMeeting.handler.ts';
import { alice, bob, type Claims, call, root, startService, type TestService } from '../../../service.ts';

let service: TestService;
let id: string;

const start = Date.parse('2027-03-01T08:00:00Z');
const named: Claims = { ...alice, name: 'Alice Vidal' };
const merged = { 'content-type': 'application/merge-patch+json' };
const change = (body: object, claims: Claims = named) => call(patch, { claims, path: { id }, headers: merged, body });
const changes = async () => (await call(readChanges, { claims: named, path: { id } })).body.changes;
const byAlice = { id: alice.sub, name: 'Alice Vidal' };

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.stop());

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  const body = { name: 'Planning', participants: [{ email: 'ana@example.org' }], validSince: '2027-03-01T10:00:00Z' };
  id = (await call(create, { claims: named, body })).body.id;
});

afterEach(() => {
  vi.useRealTimers();
});

test('tells who did what, when, the newest first', async () => {
  vi.setSystemTime(start + 60_000);
  const { participants } = (await change({ validSince: '2027-03-01T11:00:00Z', description: 'The plan' })).body;
  vi.setSystemTime(start + 120_000);
  await change({ participants: [{ email: 'eva@example.org' }, { email: 'pau@example.org' }] }, root);
  vi.setSystemTime(start + 180_000);
  await change({ participants: [{ email: 'eva@example.org', name: 'Eva' }, { email: 'pau@example.org' }] });
  vi.setSystemTime(start + 240_000);
  await change({ rotateLink: true, password: '730164' });
  vi.setSystemTime(start + 300_000);
  await call(inviteAgain, { claims: named, path: { id } });
  vi.setSystemTime(start + 360_000);
  await call(cancel, { claims: named, path: { id } });

  expect(participants).toHaveLength(1);
  expect(await changes()).toEqual([
    { revision: 7, at: '2027-03-01T08:06:00.000Z', by: byAlice, kind: 'cancelled' },
    { revision: 6, at: '2027-03-01T08:05:00.000Z', by: byAlice, kind: 'invited-again' },
    { revision: 5, at: '2027-03-01T08:04:00.000Z', by: byAlice, kind: 'changed', fields: ['password', 'rotateLink'] },
    { revision: 4, at: '2027-03-01T08:03:00.000Z', by: byAlice, kind: 'changed', fields: ['participants'] },
    {
      revision: 3,
      at: '2027-03-01T08:02:00.000Z',
      by: { id: root.sub },
      kind: 'changed',
      fields: ['participants'],
      added: 2,
      removed: 1,
    },
    {
      revision: 2,
      at: '2027-03-01T08:01:00.000Z',
      by: byAlice,
      kind: 'changed',
      fields: ['description', 'validSince', 'validUntil'],
    },
    { revision: 1, at: '2027-03-01T08:00:00.000Z', by: byAlice, kind: 'scheduled' },
  ]);
});

test('names whoever called, and not whose meeting it is', async () => {
  const body = { name: 'Theirs', participants: [], validSince: '2027-03-01T10:00:00Z', organizerId: alice.sub };
  id = (await call(create, { claims: root, body })).body.id;

  expect(await changes()).toEqual([
    { revision: 1, at: '2027-03-01T08:00:00.000Z', by: { id: root.sub }, kind: 'scheduled' },
  ]);
});

test('holds nothing of what changed nothing, or was refused', async () => {
  await change({ name: 'Planning' });
  await change({ validUntil: '2027-03-01T09:00:00Z' });

  expect(await changes()).toHaveLength(1);
});

test('holds nothing of the order of participants, and does not make a meeting too large', async () => {
  const participants = Array.from({ length: 1_990 }, (_, index) => ({
    name: `Guest ${index} ${'of the choir '.repeat(4)}`,
    email: `guest-${index}@example.org`,
  }));
  const body = { name: 'Rally', participants, validSince: '2027-03-01T10:00:00Z', sendInvitations: false };
  const made = await call(create, { claims: named, body });
  id = made.body.id;
  expect(made.status).toBe(201);
  await change({ name: 'Another rally', participants: [...made.body.participants].reverse() });
  expect((await changes())[0].fields).toEqual(['name']);

  for (let count = 1; count <= 5; count += 1) {
    expect((await change({ lobby: count % 2 === 1 })).status).toBe(200);
  }
}, 60_000);

test('holds the last fifty', async () => {
  for (let count = 1; count <= 55; count += 1) await change({ description: `Version ${count}` });
  const all: { revision: number }[] = await changes();

  expect(all.map(({ revision }) => revision)).toEqual(Array.from({ length: 50 }, (_, index) => 56 - index));
}, 60_000);

test('is no part of the meeting as it is shown, and for nobody but who manages it', async () => {
  expect((await call(read, { claims: named, path: { id } })).body).not.toHaveProperty('history');
  const { status, body } = await call(readChanges, { claims: bob, path: { id } });

  expect(status).toBe(404);
  expect(body.code).toBe('meeting-not-found');
});
