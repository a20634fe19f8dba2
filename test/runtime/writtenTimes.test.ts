import { describe, expect, it, test } from 'vitest';
import { writtenTimes } from '../../functions/runtime/times/writtenTimes.ts';
import { tryTransitions } from './everyTransition.ts';

/** One zone for each size and direction of change there is, and one that never changes. */
const sample = [
  'Europe/Madrid',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Chatham',
  'America/Santiago',
  'Antarctica/Troll',
  'Asia/Kolkata',
];

it('tells a meeting rightly over the changes of the clocks of a sample of zones', () => {
  expect(tryTransitions(sample)).toBe(36);
});

describe.each([
  ['en', '7:55 AM', '7:55 AM – 8:55 AM GMT+1', 'Monday, March 1, 2027'],
  ['en-US', '7:55 AM', '7:55 AM – 8:55 AM GMT+1', 'Monday, March 1, 2027'],
  ['en-GB', '07:55', '07:55 – 08:55 GMT+1', 'Monday, 1 March 2027'],
  ['en-IN', '7:55 am', '7:55 am – 8:55 am GMT+1', 'Monday, 1 March 2027'],
  ['es', '7:55', '7:55 – 8:55 GMT+1', 'lunes, 1 de marzo de 2027'],
  ['es-MX', '7:55 a.m.', '7:55 a.m. – 8:55 a.m. GMT+1', 'lunes, 1 de marzo de 2027'],
  ['ca', '7:55', '7:55 – 8:55 GMT+1', 'dilluns, 1 de març del 2027'],
  ['de-CH', '07:55', '07:55 – 08:55 GMT+1', 'Montag, 1. März 2027'],
  ['fr', '07:55', '07:55 – 08:55 UTC+1', 'lundi 1 mars 2027'],
  ['zh', '07:55', '07:55 – GMT+1 08:55', '2027年3月1日星期一'],
])('in %s', (language, start, span, day) => {
  const { time, date, span: spanOf } = writtenTimes(language, 'Europe/Madrid');

  test('hours and days are those of its region', () => {
    const [from, until] = ['2027-03-01T06:55:00Z', '2027-03-01T07:55:00Z'];
    const written = spanOf(from, until);
    expect([time(from), `${written.start} – ${written.end}`, date(from)]).toEqual([start, span, day]);
  });
});
