import { describe, expect, test } from 'vitest';
import { timeRemaining, timesIn } from '../../functions/pages/shared/words/times.ts';

describe('what is left', () => {
  test.each([
    [0, [0, 0, 0, 0]],
    [-5_000, [0, 0, 0, 0]],
    [1, [0, 0, 0, 1]],
    [59_001, [0, 0, 1, 0]],
    [3_600_000, [0, 1, 0, 0]],
    [90_061_000, [1, 1, 1, 1]],
  ])('of %i ms is %j', (milliseconds, expected) => {
    const { days, hours, minutes, seconds } = timeRemaining(milliseconds);
    expect([days, hours, minutes, seconds]).toEqual(expected);
  });
});

describe('a span', () => {
  test('names the day once where it begins and ends on the same', () => {
    const { span, date } = timesIn('en-GB', 'Europe/Madrid');
    expect(date('2027-03-01T09:30:00Z')).toMatch(/^Monday,? 1 March 2027$/);
    expect(span('2027-03-01T09:30:00Z', '2027-03-01T10:30:00Z')).toBe('10:30 – 11:30 GMT+1');
  });

  test('names both days where they differ, by the reader’s zone', () => {
    const { span, isSameDay } = timesIn('es', 'Europe/Madrid');
    expect(span('2027-03-01T22:30:00Z', '2027-03-01T23:30:00Z')).toBe('23:30 – martes, 2 de marzo de 2027, 0:30 GMT+1');
    expect(isSameDay('2027-03-01T22:30:00Z', '2027-03-01T23:30:00Z')).toBe(false);
  });

  test('names the offset of each end where the clocks change between', () => {
    const { span, date } = timesIn('en', 'Europe/Madrid');
    expect(span('2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z')).toBe('2:30 AM GMT+2 – 2:30 AM GMT+1');
    expect(date('2027-03-20T09:00:00Z')).toBe('Saturday, March 20, 2027');
    expect(span('2027-03-20T09:00:00Z', '2027-04-01T09:00:00Z')).toBe(
      '10:00 AM GMT+1 – Thursday, April 1, 2027, 11:00 AM GMT+2',
    );
  });
});
