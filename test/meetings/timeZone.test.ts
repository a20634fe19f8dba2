import { expect, test } from 'vitest';
import { ianaZone } from '../../functions/runtime/times/ianaZone.ts';
import { ianaLinks } from './ianaLinks.ts';

test('every name of the database is found in any case, and spelled as the database has it', () => {
  const names = [...Intl.supportedValuesOf('timeZone'), ...ianaLinks];
  expect(names.length).toBeGreaterThan(590);
  for (const name of names) {
    expect([name.toLowerCase(), name.toUpperCase(), name].map(ianaZone), name).toEqual([name, name, name]);
  }
});

test.each([
  ['europe/madrid', 'Europe/Madrid'],
  ['AMERICA/PORT-AU-PRINCE', 'America/Port-au-Prince'],
  ['africa/dar_es_salaam', 'Africa/Dar_es_Salaam'],
  ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
  ['utc', 'UTC'],
  ['etc/gmt+5', 'Etc/GMT+5'],
])('%s is %s', (given, spelled) => {
  expect(ianaZone(given)).toBe(spelled);
});

test.each([
  ['asia/calcutta', 'Asia/Calcutta'],
  ['asia/kolkata', 'Asia/Kolkata'],
  ['europe/kyiv', 'Europe/Kyiv'],
  ['us/eastern', 'US/Eastern'],
])('%s, which is or has a link, stays the name that was given: %s', (given, spelled) => {
  expect(ianaZone(given)).toBe(spelled);
});

test.each(['+02:00', '-0530', '', ' utc', 'Europe/Madrid ', 'Mars/Olympus', 'GMT+2', 'CEST'])(
  '%j is no zone',
  (given) => {
    expect(ianaZone(given)).toBeUndefined();
  },
);
