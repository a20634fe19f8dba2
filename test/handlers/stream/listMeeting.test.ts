import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAttendees, listInvited } from '../../../functions/handlers/stream/listMeeting.ts';
import { attendeesOf } from '../../../functions/meetings/attendees.ts';
import { listingPrefix } from '../../../functions/meetings/listings/listing.ts';
import { listingStore } from '../../../functions/meetings/listings/listingStore.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { queryRows } from '../../../functions/runtime/table.ts';
import { directory } from '../../../functions/users/directoryStore.ts';
import { keepUser } from '../../deliveries/users.ts';
import { meetingOf, participantOf } from '../../meetings/meetings.ts';
import { randomRuns, randomSeed } from '../../randomRuns.ts';
import { startService, type TestService, testSettings } from '../../service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
  await keepUser(service.table, { id: 'bob-id', username: 'bob', email: 'bob@example.org', phone: '+34600000002' });
  await keepUser(service.table, { id: 'carol-id', username: 'carol', email: 'carol@example.org' });
});

afterAll(() => service.stop());

/** Who may take part, with where each is entered then. */
const guests = {
  bob: [{ userId: 'bob-id' }, ['USER#bob-id']],
  bobMail: [{ email: 'Bob@example.org' }, ['USER#bob-id', 'EMAIL#bob@example.org']],
  bobPhone: [{ phone: '+34600000002' }, ['USER#bob-id', 'PHONE#+34600000002']],
  carolBoth: [{ userId: 'carol-id', email: 'other@example.org' }, ['USER#carol-id', 'EMAIL#other@example.org']],
  dave: [{ email: 'dave@example.org', phone: '+34600000004' }, ['EMAIL#dave@example.org', 'PHONE#+34600000004']],
} as const;
type Guest = keyof typeof guests;
const names = Object.keys(guests) as Guest[];
const partitions = [...new Set(names.flatMap((name) => guests[name][1]))];

/** What a meeting is at each revision. */
const history = fc.array(fc.record({ who: fc.subarray(names), start: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 2,
  maxLength: 6,
});
/** For each record how often it is followed, how late the meeting is read, and when each step is made. */
const followings = fc.array(fc.record({ late: fc.nat(5), turns: fc.array(fc.nat(), { minLength: 2, maxLength: 2 }) }), {
  minLength: 1,
  maxLength: 3,
});

let runs = 0;

test('whatever comes twice, late or out of order, a meeting is listed where its newest revision says, as that says it', async () => {
  const services = { listings: listingStore(service.table), users: directory(service.table), settings: testSettings };
  await fc.assert(
    fc.asyncProperty(history, fc.array(followings, { minLength: 6, maxLength: 6 }), async (states, records) => {
      const revisions = revisionsOf(states);
      const steps = revisions.flatMap((_, index) =>
        (records[index] ?? []).flatMap(({ late, turns: [first = 0, second = 0] }) => {
          const meeting = revisions[Math.min(index + late, revisions.length - 1)] as Meeting;
          const before = revisions.slice(Math.max(0, index - 1), index);
          const followed = { meeting, before, now: new Date() };
          return [
            { turn: Math.min(first, second), take: () => listInvited(followed, services) },
            {
              turn: Math.max(first, second),
              take: async () => listAttendees(followed, await attendeesOf(meeting, services.users), services),
            },
          ];
        }),
      );
      for (const { take } of steps.sort((one, other) => one.turn - other.turn)) await take();

      const newest = revisions.at(-1) as Meeting;
      expect(await listed(newest)).toEqual(wanted(newest, states.at(-1)?.who ?? []));
    }),
    { numRuns: randomRuns(25), seed: randomSeed() },
  );
}, 120_000);

function revisionsOf(states: readonly { who: readonly Guest[]; start: number }[]): Meeting[] {
  runs += 1;
  const id = `m${String(runs).padStart(25, '0')}`;
  const former = new Set<Guest>();
  return states.map(({ who, start }, index) => {
    const participants = who.map((name) => participantOf({ id: name, ...guests[name][0] }));
    for (const name of states[index - 1]?.who ?? []) former.add(name);
    const removed = [...former].filter((name) => !who.includes(name)).map((name) => participantOf({ id: name }));
    const validSince = new Date(Date.UTC(2030, 0, start, 10));
    return meetingOf({ id, name: `Revision ${index + 1}`, revision: index + 1, validSince, participants, removed });
  });
}

/** Where a meeting is listed, at which start, and as what. */
async function listed({ id }: Meeting): Promise<string[]> {
  const rows: string[] = [];
  for (const pk of partitions)
    for await (const { sk, meetingId, name, gone } of queryRows(service.table, pk, listingPrefix))
      if (meetingId === id && !gone) rows.push(`${pk} ${sk} ${name}`);
  return rows.sort();
}

function wanted({ id, name, validSince }: Meeting, who: readonly Guest[]): string[] {
  const places = new Set(who.flatMap((guest) => guests[guest][1]));
  return [...places].map((pk) => `${pk} ${listingPrefix}${validSince.toISOString()}#${id} ${name}`).sort();
}
