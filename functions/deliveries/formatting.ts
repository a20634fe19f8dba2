/** Dates and times for templates: every option of `Intl.DateTimeFormat`, in the reader's language and the meeting's zone. */

export type Locale = { language: string; timeZone: string };

const dateParts = ['weekday', 'year', 'month', 'day'];
const timeParts = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];
const styles = ['dateStyle', 'timeStyle'];

/** The date, long where the options name no part of it. */
export function formatDate(value: unknown, options: Intl.DateTimeFormatOptions, locale: Locale): string {
  if (has(options, [...dateParts, ...styles])) return format(value, options, locale);
  // A style excludes every part, also the zone's name.
  const long = has(options, [...timeParts, 'timeZoneName', 'era'])
    ? ({ year: 'numeric', month: 'long', day: 'numeric' } as const)
    : ({ dateStyle: 'long' } as const);
  return format(value, { ...long, ...options }, locale);
}

/** The time, short where the options name no part of it. */
export function formatTime(value: unknown, options: Intl.DateTimeFormatOptions, locale: Locale): string {
  if (has(options, [...timeParts, ...styles])) return format(value, options, locale);
  const short = has(options, [...dateParts, 'timeZoneName', 'era'])
    ? ({ hour: 'numeric', minute: 'numeric' } as const)
    : ({ timeStyle: 'short' } as const);
  return format(value, { ...short, ...options }, locale);
}

function has(options: object, names: string[]): boolean {
  return names.some((name) => name in options);
}

function format(value: unknown, options: Intl.DateTimeFormatOptions, locale: Locale): string {
  return formatter(options, locale).format(instant(value));
}

/** Building one costs some 50 µs, using it 1. Options may come from data, so what is kept is bounded. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const formattersKept = 500;

function formatter({ hour12, ...options }: Intl.DateTimeFormatOptions, locale: Locale): Intl.DateTimeFormat {
  const key = JSON.stringify([locale.language, locale.timeZone, hour12, options]);
  const known = formatters.get(key);
  if (known) return known;
  if (formatters.size >= formattersKept) formatters.clear();
  // hour12: false alone shows midnight as 24:00 in some languages.
  const clock = hour12 === undefined ? {} : hour12 ? { hour12 } : ({ hourCycle: 'h23' } as const);
  const made = new Intl.DateTimeFormat(locale.language, { timeZone: locale.timeZone, ...options, ...clock });
  formatters.set(key, made);
  return made;
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function instant(value: unknown): number {
  const milliseconds =
    typeof value === 'number'
      ? value
      : value instanceof Date
        ? value.getTime()
        : typeof value === 'string' && rfc3339.test(value)
          ? Date.parse(value)
          : Number.NaN;
  // The first and the last instant that a Date can hold.
  if (!(Math.abs(milliseconds) <= 8.64e15)) {
    throw new RangeError(`${describe(value)} is not an instant: give epoch milliseconds, a Date or RFC 3339 text.`);
  }
  return milliseconds;
}

function describe(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? JSON.stringify(value)
    : `A value of type ${typeof value}`;
}
