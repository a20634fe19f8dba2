import { expect, test } from 'vitest';
import { inParallel } from '../../functions/runtime/inParallel.ts';

test('gives the results in the order of the items, however long each takes', async () => {
  const begun = signal();
  const results = inParallel(['slow', 'quick'], 2, async (item) => {
    if (item === 'slow') await begun.given;
    else begun.give();
    return item.toUpperCase();
  });

  expect(await results).toEqual(['SLOW', 'QUICK']);
});

test('begins at most as many as it may', async () => {
  let running = 0;
  const most: number[] = [];
  await inParallel(Array.from({ length: 20 }), 3, async () => {
    running += 1;
    most.push(running);
    await Promise.resolve();
    running -= 1;
  });

  expect([most.length, Math.max(...most)]).toEqual([20, 3]);
});

test('begins nothing more once one has failed, and awaits what runs before it throws', async () => {
  const events: string[] = [];
  const slow = signal();
  const work = async (item: number) => {
    events.push(`begin ${item}`);
    if (item === 0) throw new Error('the first fails');
    await slow.given;
    events.push(`end ${item}`);
  };
  const all = inParallel([...Array(20).keys()], 5, work);
  const outcome = all.then(
    () => 'done',
    (error: Error) => `threw: ${error.message}`,
  );
  await Promise.resolve();
  slow.give();

  expect(await outcome).toBe('threw: the first fails');
  expect(events).toEqual(['begin 0', 'begin 1', 'begin 2', 'begin 3', 'begin 4', 'end 1', 'end 2', 'end 3', 'end 4']);
});

test('throws what was thrown first, also where that is undefined', async () => {
  await expect(inParallel([1, 2], 2, () => Promise.reject(undefined))).rejects.toBeUndefined();
});

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}
