import { formatDate } from '../../functions/deliveries/templates/formatting.ts';
import { nearestName } from '../settings/nearest.ts';

const widths = ['narrow', 'short', 'long'];
const styles = ['full', 'long', 'medium', 'short'];
const digits = ['numeric', '2-digit'];

/** The options of `Intl.DateTimeFormat`, each with its values where they are few. */
const options: Readonly<Record<string, readonly (string | number | boolean)[] | undefined>> = {
  dateStyle: styles,
  timeStyle: styles,
  weekday: widths,
  era: widths,
  year: digits,
  month: [...digits, ...widths],
  day: digits,
  dayPeriod: widths,
  hour: digits,
  minute: digits,
  second: digits,
  fractionalSecondDigits: [1, 2, 3],
  timeZoneName: ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'],
  hour12: [true, false],
  hourCycle: ['h11', 'h12', 'h23', 'h24'],
  timeZone: undefined,
  calendar: undefined,
  numberingSystem: undefined,
  localeMatcher: ['best fit', 'lookup'],
  formatMatcher: ['best fit', 'basic'],
};

/** What is wrong with options as a template gives them; those whose value comes from the data are not among `given`. */
export function faultsOfOptions(names: readonly string[], given: ReadonlyMap<string, unknown>): string[] {
  const faults = [...names.flatMap(unknownName), ...[...given].flatMap(([name, value]) => wrongValue(name, value))];
  if (faults.length > 0) return faults;
  try {
    formatDate(0, Object.fromEntries(given), { language: 'en', timeZone: 'UTC' });
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function unknownName(name: string): string[] {
  if (name in options) return [];
  const near = nearestName(name, Object.keys(options));
  return [`there is no option ${name}${near ? `, did you mean ${near}?` : ' of Intl.DateTimeFormat'}`];
}

function wrongValue(name: string, value: unknown): string[] {
  const allowed: readonly unknown[] | undefined = options[name];
  if (!allowed || allowed.includes(value)) return [];
  const written = allowed.map((one) => (typeof one === 'string' ? `"${one}"` : String(one)));
  return [`${name}=${JSON.stringify(value)} is none of ${written.join(', ')}`];
}
