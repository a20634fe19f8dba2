import { describe, expect, test } from 'vitest';
import { momentOf } from '../../../infra/local/schedules/scheduleExpression.ts';

describe('momentOf', () => {
  test.each([
    ['at(2026-07-01T12:00:00)', 'UTC', '2026-07-01T12:00:00.000Z'],
    ['at(2026-07-01T12:00:00)', 'Europe/Madrid', '2026-07-01T10:00:00.000Z'],
    ['at(2026-01-01T00:00:00)', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
    ['at(2026-03-29T03:30:00)', 'Europe/Madrid', '2026-03-29T01:30:00.000Z'],
    ['at(2026-03-29T01:30:00)', 'Europe/Madrid', '2026-03-29T00:30:00.000Z'],
  ])('%s in %s is %s', (expression, timeZone, expected) => {
    expect(momentOf(expression, timeZone)?.toISOString()).toBe(expected);
  });

  test.each([
    ['at(2026-02-30T12:00:00)', 'UTC'],
    ['at(2026-01-01T24:00:00)', 'UTC'],
    ['at(2026-01-01T12:00)', 'UTC'],
    ['at(2026-01-01T12:00:00Z)', 'UTC'],
    ['rate(5 minutes)', 'UTC'],
    ['at(2026-01-01T12:00:00)', 'Europe/Nowhere'],
  ])('%s in %s is no moment', (expression, timeZone) => {
    expect(momentOf(expression, timeZone)).toBeUndefined();
  });
});
