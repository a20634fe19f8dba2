import { writtenTimes } from '../../../runtime/times/writtenTimes.ts';

/** Instants in the words of a language, in the zone of whoever looks at them. */
export interface Times {
  /** `16:30` */
  readonly time: (instant: string | number) => string;
  /** `Monday, 1 March 2027` */
  readonly date: (instant: string | number) => string;
  /** Both. */
  readonly dateAndTime: (instant: string | number) => string;
  readonly month: (instant: string | number) => string;
  readonly day: (instant: string | number) => string;
  /** `10:00 – 11:00 GMT+1`, with the day of its end where that is another. */
  readonly span: (from: string, until: string) => string;
  readonly isSameDay: (one: string | number, other: string | number) => boolean;
}

export function timesIn(language: string, timeZone?: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(language, timeZone === undefined ? options : { ...options, timeZone });
    return (instant: string | number) => formatter.format(new Date(instant));
  };
  const { time, date, span } = writtenTimes(language, timeZone);
  const dateAndTime = format({ dateStyle: 'full', timeStyle: 'short' });
  return {
    time,
    date,
    dateAndTime,
    month: format({ month: 'short' }),
    day: format({ day: 'numeric' }),
    span(from, until) {
      const { start, end, endDate } = span(from, until);
      return endDate === undefined ? `${start} – ${end}` : `${start} – ${endDate}, ${end}`;
    },
    isSameDay: (one, other) => date(one) === date(other),
  };
}

/** What is left, in the units of a countdown; nothing is left below zero. */
export function timeRemaining(milliseconds: number): { days: number; hours: number; minutes: number; seconds: number } {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3_600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}
