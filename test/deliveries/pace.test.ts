import { describe, expect, test } from 'vitest';
import { paceOf } from '../../functions/deliveries/pace.ts';

describe('the pace of a rate', () => {
  test.each([
    [1, { workers: 2, atOnce: 1, intervalMilliseconds: 2_000, batchSize: 5 }],
    [2, { workers: 2, atOnce: 1, intervalMilliseconds: 1_000, batchSize: 10 }],
    [8, { workers: 2, atOnce: 1, intervalMilliseconds: 250, batchSize: 10 }],
    [9, { workers: 3, atOnce: 1, intervalMilliseconds: 1_000 / 3, batchSize: 10 }],
    [14, { workers: 4, atOnce: 1, intervalMilliseconds: 2_000 / 7, batchSize: 10 }],
    [100, { workers: 25, atOnce: 1, intervalMilliseconds: 250, batchSize: 10 }],
    [500, { workers: 125, atOnce: 1, intervalMilliseconds: 250, batchSize: 10 }],
    [501, { workers: 13, atOnce: 10, intervalMilliseconds: 13_000 / 501, batchSize: 10 }],
    [1_000, { workers: 25, atOnce: 10, intervalMilliseconds: 25, batchSize: 10 }],
    [5_000, { workers: 125, atOnce: 10, intervalMilliseconds: 25, batchSize: 10 }],
  ])('of %i a second', (perSecond, pace) => {
    expect(paceOf(perSecond)).toEqual(pace);
  });

  test('is that of the rate, from 1 to 5,000 a second: no more is begun, and no less where a message takes 250 ms', () => {
    const faults = Array.from({ length: 5_000 }, (_, index) => index + 1).filter((perSecond) => {
      const { workers, atOnce, intervalMilliseconds, batchSize } = paceOf(perSecond);
      const begun = (workers * 1_000) / intervalMilliseconds;
      const isWhole = Number.isInteger(workers) && workers >= 2 && workers <= 1_000;
      const endsInTime = (batchSize * intervalMilliseconds) / 1_000 <= 10;
      return !isWhole || Math.abs(begun - perSecond) > 1e-6 || (workers * atOnce) / 0.25 < perSecond || !endsInTime;
    });

    expect(faults).toEqual([]);
  });

  test('is bounded by what a mapping takes', () => {
    expect(paceOf(1_000_000)).toMatchObject({ workers: 1_000, atOnce: 10, intervalMilliseconds: 1 });
  });

  test('without a limit is that of two workers who never wait', () => {
    expect(paceOf(undefined)).toEqual({ workers: 2, atOnce: 1, intervalMilliseconds: 0, batchSize: 10 });
  });
});
