import { expect, test } from 'vitest';
import { instantIn, placeOf, wallTimeIn } from '../../../functions/pages/console/times/zones.ts';

test.each([
  ['Europe/Madrid', '2027-01-15', '09:30', '2027-01-15T08:30:00.000Z'],
  ['Europe/Madrid', '2027-07-15', '09:30', '2027-07-15T07:30:00.000Z'],
  ['America/New_York', '2027-01-15', '09:30', '2027-01-15T14:30:00.000Z'],
  ['Asia/Kolkata', '2027-01-15', '09:30', '2027-01-15T04:00:00.000Z'],
  ['UTC', '2027-01-15', '00:00', '2027-01-15T00:00:00.000Z'],
  // RFC 5545, section 3.3.5: of an hour that comes twice the first, and one that is skipped by the offset before it.
  ['Europe/Madrid', '2027-10-31', '02:30', '2027-10-31T00:30:00.000Z'],
  ['Europe/Madrid', '2027-03-28', '02:30', '2027-03-28T01:30:00.000Z'],
  ['America/New_York', '2027-11-07', '01:30', '2027-11-07T05:30:00.000Z'],
])('in %s, %s %s is %s', (zone, date, time, instant) => {
  expect(new Date(instantIn(zone, date, time) ?? Number.NaN).toISOString()).toBe(instant);
});

test.each([
  ['', '09:30'],
  ['2027-01-15', ''],
  ['2027-13-01', '09:30'],
])('%j at %j is no instant', (date, time) => {
  expect(instantIn('Europe/Madrid', date, time)).toBeUndefined();
});

test('what clocks show is read back', () => {
  expect(wallTimeIn('Asia/Kolkata', Date.parse('2027-01-15T20:00:00Z'))).toEqual({ date: '2027-01-16', time: '01:30' });
});

test('a place is called by its town', () => {
  expect(placeOf('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
});
