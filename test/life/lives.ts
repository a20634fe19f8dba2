import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { catchLog, type LogLines } from '../logLines.ts';
import { castOf, type Episode, happen, lives, type Play } from './happenings.ts';
import {
  countSent,
  expectCalendars,
  expectFewCopies,
  expectFound,
  expectListings,
  expectNoSecondText,
  expectNothingFailed,
  expectOrganizerCalendars,
  expectSchedules,
  expectTexts,
  readOutcome,
} from './outcome.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let logLines: LogLines;

/** Lets a test file live lives: `npm test` a few, the proofs many. */
export function useWorld(): void {
  beforeAll(async () => {
    world = await startWorld({ remindMechanisms: ['email', 'sms'] });
  });

  beforeEach(() => {
    logLines = catchLog();
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:00Z') });
  });

  afterEach(() => {
    vi.useRealTimers();
    logLines.stop();
  });

  afterAll(() => world.stop());
}

/** A machine that is slow lives fewer. */
const mostMilliseconds = 600_000;

let runs = 0;

/** Lives so many lives; one that goes wrong is made as short as can be, and printed with its seed. */
export async function live(numRuns: number, seed: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(lives, async ({ scenes, turns }) => {
      runs += 1;
      logLines.clear();
      await world.clear();
      world.turns(turns);
      const mark = countSent(world);
      const play: Play = { cast: castOf(runs), meetings: [], verified: false, names: 0 };
      for (const claims of [play.cast.alice, play.cast.bob, play.cast.carl, play.cast.dora])
        await world.call('readMe', { claims });
      for (const scene of scenes) await perform(scene, play);
      await waitForStream();
      const outcome = await readOutcome(world, play, mark);
      expectNoSecondText(outcome);
      expectFewCopies(outcome, world.tally);
      expectNothingFailed(outcome);
      expectSchedules(world, outcome);
      await expectListings(world, play, outcome);
      await expectFound(world, play, outcome);
      expectCalendars(play, outcome, world.tally);
      expectOrganizerCalendars(play, outcome, world.tally);
      expectTexts(play, outcome, world.tally);
    }),
    { numRuns, seed, interruptAfterTimeLimit: mostMilliseconds },
  );
  console.log(`${runs} lives from seed ${seed}`);
}

async function perform({ happenings, seconds }: Episode, play: Play): Promise<void> {
  await Promise.all(happenings.map((what) => happen(what, world, play)));
  vi.setSystemTime(Date.now() + seconds * 1_000);
}

/** More than a meeting's last jobs take, which wait for one another's leases. */
const mostRounds = 60;

/** Lets all follow that is left to follow, while nothing else happens. */
async function waitForStream(): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    await world.follow('users');
    await world.follow('meetings');
    await world.deliver();
    await world.remind();
    if (await world.isSettled()) return;
    vi.setSystemTime(Date.now() + 5_000);
  }
  expect.fail(
    `The service does not come to rest:\n${logLines
      .all()
      .slice(-20)
      .map((line) => JSON.stringify(line))
      .join('\n')}`,
  );
}
