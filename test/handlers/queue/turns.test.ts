import { expect, test } from 'vitest';
import { createTurns } from '../../../functions/handlers/queue/turns.ts';

/** Turns, by a clock that goes on by the sleep of whoever waits alone. */
function turnsOf(intervalMilliseconds: number) {
  let now = 1_000;
  const slept: number[] = [];
  const turns = createTurns(
    intervalMilliseconds,
    () => now,
    async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  );
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { take: turns.take, slept, pass };
}

test('a turn is never closer to the one before than the interval', async () => {
  const { take, slept, pass } = turnsOf(250);
  await take();
  await take();
  pass(100);
  await take();
  pass(250);
  await take();
  pass(1_000);
  await take();
  await take();

  expect(slept).toEqual([250, 150, 250]);
});

test('those who wait at once come one after the other', async () => {
  let now = 0;
  const waits: number[] = [];
  const { take } = createTurns(
    25,
    () => now,
    async (milliseconds) => void waits.push(milliseconds),
  );
  await Promise.all([take(), take(), take()]);
  now = 1_000;
  await take();

  expect(waits).toEqual([25, 50]);
});

test('without an interval nobody waits', async () => {
  const { take, slept } = turnsOf(0);
  for (let count = 0; count < 100; count += 1) await take();

  expect(slept).toEqual([]);
});
