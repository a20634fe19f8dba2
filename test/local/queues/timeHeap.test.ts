import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTimeHeap } from '../../../infra/local/queues/timeHeap.ts';

describe('createTimeHeap', () => {
  test('gives what is due in the order of its moments, and of one moment in that in which it came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 50 }), (moments, now) => {
        const heap = createTimeHeap<[number, number]>();
        for (const [turn, moment] of moments.entries()) heap.push(moment, [moment, turn]);

        const due: [number, number][] = [];
        for (let next = heap.pop(now); next !== undefined; next = heap.pop(now)) due.push(next);

        const turns = moments.map((moment, turn): [number, number] => [moment, turn]);
        const sorted = turns.toSorted(([left], [right]) => left - right);
        expect(due).toEqual(sorted.filter(([moment]) => moment <= now));
        expect(heap.nextAt()).toBe(sorted.find(([moment]) => moment > now)?.[0]);
      }),
    );
  });
});
