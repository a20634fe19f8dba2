import { describe, expect, it } from 'vitest';
import { formatDate, formatTime } from '../../../functions/deliveries/templates/formatting.ts';

const madrid = { language: 'en', timeZone: 'Europe/Madrid' };
const noon = Date.UTC(2026, 6, 1, 10, 5);

describe('without options', () => {
  it('writes a long date and a short time, in the zone of the locale', () => {
    expect(formatDate(noon, {}, madrid)).toBe('July 1, 2026');
    expect(formatTime(noon, {}, madrid)).toBe('12:05 PM');
  });

  it('speaks the language of the locale', () => {
    expect(formatDate(noon, {}, { ...madrid, language: 'es' })).toBe('1 de julio de 2026');
    expect(formatTime(noon, {}, { ...madrid, language: 'ca' })).toBe('12:05');
  });
});

describe('with options', () => {
  it('writes the parts that are asked for, and no others', () => {
    expect(formatDate(noon, { weekday: 'long' }, madrid)).toBe('Wednesday');
    expect(formatTime(noon, { hour: '2-digit', minute: '2-digit', second: '2-digit' }, madrid)).toBe('12:05:00 PM');
    expect(formatDate(noon, { dateStyle: 'medium', timeStyle: 'short' }, madrid)).toBe('Jul 1, 2026, 12:05 PM');
  });

  it('keeps the date or the time where an option only adds to it', () => {
    expect(formatTime(noon, { timeZoneName: 'short' }, madrid)).toBe('12:05 PM GMT+2');
    expect(formatDate(noon, { timeZoneName: 'long' }, madrid)).toBe('July 1, 2026 at Central European Summer Time');
    expect(formatDate(noon, { numberingSystem: 'arab' }, madrid)).toBe('July ١, ٢٠٢٦');
  });

  it('prefers the zone that is asked for', () => {
    expect(formatTime(noon, { timeZone: 'America/New_York' }, madrid)).toBe('6:05 AM');
  });

  it.each(['en', 'es', 'ca', 'ja', 'ar-u-nu-latn'])('shows midnight as 00 with hour12=false in %s', (language) => {
    const locale = { language, timeZone: 'UTC' };
    expect(formatTime(0, { hour: '2-digit', minute: '2-digit', hour12: false }, locale)).toBe('00:00');
  });

  it('shows half past midnight as 12 with hour12=true', () => {
    expect(formatTime(1_800_000, { hour12: true }, { ...madrid, timeZone: 'UTC' })).toBe('12:30 AM');
  });

  it.each([
    [{ dateStyle: 'full', weekday: 'long' }, 'dateStyle and weekday'],
    [{ timeStyle: 'short', hour: 'numeric' }, 'timeStyle and hour'],
    [{ dateStyle: 'full', timeZoneName: 'short' }, 'dateStyle and timeZoneName'],
    [{ timeStyle: 'short', era: 'long' }, 'timeStyle and era'],
  ] as const)('names the two of %o that exclude each other', (options, names) => {
    for (const helper of [formatDate, formatTime]) {
      expect(() => helper(noon, options, madrid)).toThrow(
        new RangeError(`${names} exclude each other: use the style alone, or parts alone`),
      );
    }
  });

  it('does not mistake the same instant and options of another locale for its own', () => {
    expect(formatTime(noon, {}, { ...madrid, timeZone: 'UTC' })).toBe('10:05 AM');
    expect(formatTime(noon, {}, madrid)).toBe('12:05 PM');
  });
});

describe('an instant', () => {
  it.each([
    ['epoch milliseconds', noon],
    ['a Date', new Date(noon)],
    ['RFC 3339 with an offset', '2026-07-01T12:05:00+02:00'],
    ['RFC 3339 in UTC', '2026-07-01T10:05:00.000Z'],
  ])('may be %s', (_, value) => {
    expect(formatTime(value, {}, madrid)).toBe('12:05 PM');
  });

  it.each([
    ['text without an offset', '2026-07-01T10:05:00'],
    ['other text', 'tomorrow'],
    ['NaN', Number.NaN],
    ['more than a Date holds', 9e15],
    ['an invalid Date', new Date('x')],
    ['an object', {}],
    ['a boolean', true],
  ])('may not be %s', (_, value) => {
    expect(() => formatDate(value, {}, madrid)).toThrow(/is not an instant: give epoch milliseconds/);
  });
});

it('keeps its memory bounded, and right, where options come from data', () => {
  for (let minute = 0; minute < 2_000; minute += 1) formatTime(noon + minute * 60_000, {}, madrid);
  expect(formatTime(noon, {}, madrid)).toBe('12:05 PM');
});
