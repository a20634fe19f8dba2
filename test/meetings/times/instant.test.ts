import { expect, test } from 'vitest';
import { instantInput } from '../../../functions/meetings/times/instant.ts';

const rule = 'must be an RFC 3339 date-time with an offset (2027-03-01T09:30:00+01:00) or epoch milliseconds';

test.each<[given: string | number, instant: string]>([
  ['2027-03-01T09:30:00+01:00', '2027-03-01T08:30:00.000Z'],
  ['2027-03-01t09:30:00z', '2027-03-01T09:30:00.000Z'],
  ['2027-03-01T09:30:00.123-11:30', '2027-03-01T21:00:00.123Z'],
  ['2027-03-01T09:30:00.123456789Z', '2027-03-01T09:30:00.123Z'],
  ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['2027-12-31T23:59:59Z', '2027-12-31T23:59:59.000Z'],
  [1e12, '2001-09-09T01:46:40.000Z'],
  [1_803_893_400_000, '2027-03-01T09:30:00.000Z'],
  [8.64e15, '+275760-09-13T00:00:00.000Z'],
])('%j is an instant', (given, instant) => {
  expect(instantInput.parse(given).toISOString()).toBe(instant);
});

test.each([
  '2027-03-01T09:30:00',
  '2027-03-01',
  '2027-02-29T00:00:00Z',
  '2027-04-31T00:00:00Z',
  '2027-13-01T00:00:00Z',
  '2027-00-01T00:00:00Z',
  '2027-03-00T00:00:00Z',
  '2027-03-01T24:30:00Z',
  '2027-03-01T09:30:00.Z',
  '2027-03-01T09:30:00.1234567890Z',
  '2027-03-01T09:30:00+0100',
  '2027-03-01 09:30:00Z',
  ' 2027-03-01T09:30:00Z',
  '2027-03-01T09:30:00Z ',
  'tomorrow',
  '',
  1e12 - 1,
  8.64e15 + 2,
  1_803_893_400_000.5,
  Number.NaN,
  null,
  true,
  {},
  undefined,
])('%j is none', (given) => {
  const read = instantInput.safeParse(given);

  expect(read.success).toBe(false);
  expect(read.error?.issues.map(({ message }) => message)).toEqual([rule]);
});
