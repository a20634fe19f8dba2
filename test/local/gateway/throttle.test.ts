import { describe, expect, test } from 'vitest';
import { createThrottle } from '../../../infra/local/gateway/throttle.ts';

describe('createThrottle', () => {
  test('lets a burst through, then as many as the rate gives', () => {
    const passes = createThrottle({ ThrottlingBurstLimit: 3, ThrottlingRateLimit: 2 });

    expect([0, 0, 0, 0].map(passes)).toEqual([true, true, true, false]);
    expect(passes(499)).toBe(false);
    expect(passes(1_000)).toBe(true);
  });

  test('does not save up more than a burst', () => {
    const passes = createThrottle({ ThrottlingBurstLimit: 2, ThrottlingRateLimit: 100 });
    passes(0);

    expect([60_000, 60_000, 60_000].map(passes)).toEqual([true, true, false]);
  });

  test('lets everything through where there is no rate', () => {
    const passes = createThrottle({});

    expect(Array.from({ length: 1_000 }, () => passes(0))).not.toContain(false);
  });
});
