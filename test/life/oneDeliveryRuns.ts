import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, test, vi } from 'vitest';
import { catchLog, type LogLines } from '../logLines.ts';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { turns } from './happenings.ts';
import { deeds, deliveryChannels, liveDelivery } from './oneDelivery.ts';
import { startWorld, type World } from './world.ts';

/** Lets a test file carry out one delivery so many times by each channel: `npm test` a few, the proofs many. */
export function useDeliveries(many: number): void {
  let world: World;
  let lines: LogLines;
  const seed = randomSeed();
  const numRuns = randomRuns(many);

  beforeAll(async () => {
    // Of one delivery there are two once its organizer is told of the meeting too.
    world = await startWorld({ organizerMail: false });
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

  test.each(deliveryChannels)(
    `a delivery by %s ends as what happened to it (seed ${seed})`,
    async (channel) => {
      await fc.assert(
        fc.asyncProperty(turns, deeds, async (numbers, commands) => {
          world.turns(numbers);
          await liveDelivery(world, channel, commands);
        }),
        { numRuns, seed, interruptAfterTimeLimit: 300_000 },
      );
    },
    900_000,
  );
}
