/** Times as people read them, the same in mails, text messages and pages: a time names its zone by its offset, `GMT+2`. */

export type Instant = Date | string | number;

/** From when to when: `2:30 AM GMT+2` and `2:30 AM GMT+1`, or `10:00 AM` and `11:00 AM GMT+2` where the offset stays. */
export interface WrittenSpan {
  readonly startDate: string;
  readonly start: string;
  /** Undefined where it ends on the day on which it begins. */
  readonly endDate: string | undefined;
  readonly end: string;
}

export interface WrittenTimes {
  /** `4:30 PM` */
  readonly time: (instant: Instant) => string;
  /** `Monday, March 1, 2027` */
  readonly date: (instant: Instant) => string;
  readonly span: (from: Instant, until: Instant) => WrittenSpan;
}

/** In the ways of a language and its region (`en` 12 hours, `en-GB` 24); without a zone in that of this machine. */
export function writtenTimes(language: string, timeZone?: string): WrittenTimes {
  const zone = timeZone === undefined ? {} : { timeZone };
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'full', ...zone });
  // One formatter for both ends: without the zone some languages write the hour in another way (`7:55` and `08:55`).
  const times = new Intl.DateTimeFormat(language, {
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
    ...zone,
  });
  const date = (instant: Instant) => dates.format(new Date(instant));
  const zonedTime = (instant: Instant) => times.format(new Date(instant));
  const time = (instant: Instant) => withoutZone(times.formatToParts(new Date(instant)));
  const offset = (instant: Instant) =>
    times.formatToParts(new Date(instant)).find(({ type }) => type === 'timeZoneName')?.value;
  return {
    time,
    date,
    span: (from, until) => ({
      startDate: date(from),
      start: offset(from) === offset(until) ? time(from) : zonedTime(from),
      endDate: date(from) === date(until) ? undefined : date(until),
      end: zonedTime(until),
    }),
  };
}

/** Blanks and brackets around the zone go with it. The narrow blank is a plain one in whole texts, not in their parts. */
function withoutZone(parts: readonly Intl.DateTimeFormatPart[]): string {
  const written = parts.flatMap(({ type, value }) => (type === 'timeZoneName' ? [] : [value]));
  const text = written.join('').replaceAll('\u202f', ' ');
  return text.replace(/^[\s()（）,]+|[\s()（）,]+$/g, '');
}
