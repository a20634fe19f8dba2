import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { instantIn } from '../../functions/pages/console/times/zones.ts';
import { instantOf } from '../../functions/runtime/times/localTime.ts';

const iso = (local: string, zone: string) => new Date(instantOf(Date.parse(`${local}Z`), zone)).toISOString();

test.each([
  ['an ordinary time', '2027-03-01T09:30', 'Europe/Madrid', '2027-03-01T08:30:00.000Z'],
  ['what spring skips, as an hour later', '2027-03-28T02:30', 'Europe/Madrid', '2027-03-28T01:30:00.000Z'],
  ['what autumn shows twice, as the first', '2027-10-31T02:30', 'Europe/Madrid', '2027-10-31T00:30:00.000Z'],
  ['half an hour that is shown twice', '2027-04-04T01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z'],
  ['seconds', '2027-07-01T00:00:59', 'Asia/Kathmandu', '2027-06-30T18:15:59.000Z'],
  ['a zone that is far ahead', '2027-01-01T00:00', 'Pacific/Kiritimati', '2026-12-31T10:00:00.000Z'],
  ['a day that a zone never had', '2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
])('%s: %s in %s is %s', (_, local, zone, instant) => {
  expect(iso(local, zone)).toBe(instant);
});

/** Local times around each change of a zone's clocks in two years, and some far from any. */
function localTimesOf(zone: string): Temporal.PlainDateTime[] {
  const far = ['2027-01-15T12:00', '2027-07-15T23:59:59'].map((text) => Temporal.PlainDateTime.from(text));
  const around: Temporal.PlainDateTime[] = [];
  const end = Temporal.Instant.from('2029-01-01T00:00Z').toZonedDateTimeISO(zone);
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.from('2027-01-01T00:00Z').toZonedDateTimeISO(zone);
  for (;;) {
    at = at.getTimeZoneTransition('next');
    if (!at || Temporal.ZonedDateTime.compare(at, end) > 0) return [...far, ...around];
    const shown = at.toPlainDateTime();
    for (const minutes of [-121, -61, -60, -59, -30, -1, 0, 1, 30, 59, 60, 61, 121])
      around.push(shown.add({ minutes }));
  }
}

describe('of every zone there is, in two years', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const cases = zones.flatMap((zone) => localTimesOf(zone).map((local) => ({ zone, local })));
  const compatible = ({ zone, local }: (typeof cases)[number]) =>
    local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
  const named = ({ zone, local }: (typeof cases)[number]) => `${local} in ${zone}`;

  test('there are hundreds, whose clocks change', () => {
    expect(zones.length).toBeGreaterThan(400);
    expect(cases.length).toBeGreaterThan(5_000);
  });

  test('a local time is the instant that Temporal has for it', () => {
    const wrong = cases.filter((one) => instantOf(Date.parse(`${one.local}Z`), one.zone) !== compatible(one));
    expect(wrong.map(named)).toEqual([]);
  });

  test('and the console reads it as the service does', () => {
    const wrong = cases.filter((one) => {
      const [date = '', time = ''] = one.local.with({ second: 0 }).toString().split('T');
      return instantIn(one.zone, date, time) !== compatible({ ...one, local: one.local.with({ second: 0 }) });
    });
    expect(wrong.map(named)).toEqual([]);
  });
});
