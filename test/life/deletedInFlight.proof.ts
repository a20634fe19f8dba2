import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { listingPrefix } from '../../functions/meetings/listings/listing.ts';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import { queryRows } from '../../functions/runtime/table.ts';
import { directory } from '../../functions/users/directoryStore.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { type Answer, type Claims, root } from '../service.ts';
import { castOf, turns } from './happenings.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let lines: LogLines;
let runs = 1_000_000;

beforeAll(async () => {
  world = await startWorld();
});

beforeEach(() => {
  lines = catchLog();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:00Z') });
});

afterEach(() => {
  vi.useRealTimers();
  lines.stop();
});

afterAll(() => world.stop());

/** How the next round begins: what it makes or removes, who follows it, in which order the calls are made. */
const order = fc.shuffledSubarray(['carlCreates', 'aliceInvites', 'deleteCarl', 'deleteBob', 'users', 'meetings'], {
  minLength: 6,
});

test('a meeting that is made while its organizer, or who is invited, is deleted ends without them', async () => {
  await fc.assert(
    fc.asyncProperty(turns, order, fc.boolean(), async (numbers, names, followedTwice) => {
      runs += 1;
      await world.clear();
      world.turns(numbers);
      const { alice, bob, carl, people } = castOf(runs);
      for (const claims of [alice, bob, carl]) await world.call('readMe', { claims });
      const create = (claims: Claims, participants: readonly object[]) =>
        world.call('createMeeting', {
          claims,
          body: { name: 'Planning', validSince: Date.now() + 3_600_000, participants },
        });
      const remove = async ({ sub }: Claims) => {
        await world.call('deleteUser', { claims: root, path: { id: String(sub) } });
        await world.follow('users');
      };
      const made: Promise<Answer | undefined>[] = [];
      const deeds: Readonly<Record<string, () => Promise<unknown>>> = {
        carlCreates: async () => made.push(create(carl, [people.ana])),
        aliceInvites: async () => made.push(create(alice, [people.bob, people.ana])),
        deleteCarl: () => remove(carl),
        deleteBob: () => remove(bob),
        users: () => world.follow('users'),
        meetings: () => world.follow('meetings'),
      };
      await Promise.all([...names, ...(followedTwice ? ['users', 'meetings'] : [])].map((name) => deeds[name]?.()));
      const answers = await Promise.all(made);
      await waitForStream();

      for (const answer of answers) expect([201, 403]).toContain(answer?.status);
      await expectNone(bob);
      await expectNone(carl);
      const ids = answers.flatMap((answer) => (answer?.status === 201 ? [String(answer.body.id)] : []));
      const store = meetingStore(world.service.table, 30);
      const meetings = (await Promise.all(ids.map((id) => store.get(id)))).filter((meeting) => meeting !== undefined);
      expect(meetings).toHaveLength(ids.length);
      for (const { organizerId, organizer, status, participants } of meetings) {
        expect(participants.some(({ userId }) => userId === bob.sub)).toBe(false);
        if (organizerId !== carl.sub) continue;
        expect({ status, organizer }).toEqual({ status: 'cancelled', organizer: undefined });
      }
    }),
    { numRuns: randomRuns(60), seed: randomSeed() },
  );
}, 600_000);

async function waitForStream(): Promise<void> {
  for (let round = 0; round < 40 && !(await world.isSettled()); round += 1) {
    await world.follow('users');
    await world.follow('meetings');
    await world.deliver();
    vi.setSystemTime(Date.now() + 5_000);
  }
  expect(await world.isSettled()).toBe(true);
}

/** Nothing is left of a user but that they were. */
async function expectNone({ sub = '' }: Claims): Promise<void> {
  const listed: unknown[] = [];
  for await (const { sk } of queryRows(world.service.table, `USER#${sub}`, listingPrefix)) listed.push(sk);

  expect(listed).toEqual([]);
  expect(await directory(world.service.table).find(sub)).not.toHaveProperty('erasing');
}
