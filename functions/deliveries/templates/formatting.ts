import { type WrittenTimes, writtenTimes } from '../../runtime/times/writtenTimes.ts';

/** Dates and times for templates: every option of `Intl.DateTimeFormat`, in the reader's language and the meeting's zone. */

export interface Locale {
  readonly language: string;
  readonly timeZone: string;
}

const dateParts = ['weekday', 'year', 'month', 'day'];
const timeParts = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];
const styles = ['dateStyle', 'timeStyle'];

/** The date, long where the options name no part of it. */
export function formatDate(value: unknown, options: Intl.DateTimeFormatOptions, locale: Locale): string {
  if (hasAny(options, [...dateParts, ...styles])) return formatInstant(value, options, locale);
  // A style excludes every part, also the zone's name.
  const long = hasAny(options, [...timeParts, 'timeZoneName', 'era'])
    ? ({ year: 'numeric', month: 'long', day: 'numeric' } as const)
    : ({ dateStyle: 'long' } as const);
  return formatInstant(value, { ...long, ...options }, locale);
}

/** The time, short where the options name no part of it. */
export function formatTime(value: unknown, options: Intl.DateTimeFormatOptions, locale: Locale): string {
  if (hasAny(options, [...timeParts, ...styles])) return formatInstant(value, options, locale);
  const short = hasAny(options, [...dateParts, 'timeZoneName', 'era'])
    ? ({ hour: 'numeric', minute: 'numeric' } as const)
    : ({ timeStyle: 'short' } as const);
  return formatInstant(value, { ...short, ...options }, locale);
}

/** From when to when, each end with its own offset where the clocks change between, and with its date where it is another. */
export function formatSpan(from: unknown, until: unknown, { language, timeZone }: Locale): string {
  const [start, end] = [epochMilliseconds(from), epochMilliseconds(until)];
  const key = JSON.stringify([language, timeZone]);
  return cached(texts, `${start} ${end}${key}`, () => {
    const span = cached(written, key, () => writtenTimes(language, timeZone)).span(start, end);
    if (span.endDate === undefined) return `${span.start} – ${span.end}`;
    return `${span.startDate}, ${span.start} – ${span.endDate}, ${span.end}`;
  });
}

function hasAny(options: object, names: string[]): boolean {
  return names.some((name) => name in options);
}

/**
 * A style excludes every single part (ECMA-402, CreateDateTimeFormat); Intl itself may say no more of that than
 * "Invalid option : option".
 */
function refuseStyleWithPart(options: object): void {
  const [style] = styles.filter((name) => name in options);
  const [part] = [...dateParts, ...timeParts, 'timeZoneName', 'era'].filter((name) => name in options);
  if (style === undefined || part === undefined) return;
  throw new RangeError(`${style} and ${part} exclude each other: use the style alone, or parts alone`);
}

/** Mails to many people say the same: looking a text up takes a third of writing it, and 1/50 of a new formatter. */
const texts = new Map<string, string>();
const formatters = new Map<string, Intl.DateTimeFormat>();
const written = new Map<string, WrittenTimes>();
/** Options may come from a meeting, so what is kept is bounded. */
const mostKept = 500;

function formatInstant(value: unknown, options: Intl.DateTimeFormatOptions, { language, timeZone }: Locale): string {
  refuseStyleWithPart(options);
  const key = JSON.stringify([language, timeZone, options]);
  const milliseconds = epochMilliseconds(value);
  return cached(texts, `${milliseconds}${key}`, () =>
    cached(formatters, key, () => new Intl.DateTimeFormat(language, { timeZone, ...withClock(options) })).format(
      milliseconds,
    ),
  );
}

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= mostKept) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}

/** `hour12: false` alone shows midnight as 24:00 in some languages. */
function withClock({ hour12, ...options }: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions {
  if (hour12 === undefined) return options;
  return hour12 ? { ...options, hour12 } : { ...options, hourCycle: 'h23' };
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function epochMilliseconds(value: unknown): number {
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
    throw new RangeError(
      `${describeValue(value)} is not an instant: give epoch milliseconds, a Date or RFC 3339 text.`,
    );
  }
  return milliseconds;
}

function describeValue(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? JSON.stringify(value)
    : `A value of type ${typeof value}`;
}
