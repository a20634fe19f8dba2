import { formatDate, formatTime, type Locale } from './formatting.ts';

/** What Handlebars hands to a helper behind its arguments: what the template names, and what the rendering was given. */
type Call = { hash: Intl.DateTimeFormatOptions; data: Locale };

/** What templates may call beyond what Handlebars brings along. */
export const templateHelpers = {
  /** `{{formatDate meeting.validSince weekday="long"}}`; nothing where there is no such instant. */
  formatDate: (instant: unknown, { hash, data }: Call) => (absent(instant) ? '' : formatDate(instant, hash, data)),

  /** `{{formatTime meeting.validSince timeZoneName="short"}}`; nothing where there is no such instant. */
  formatTime: (instant: unknown, { hash, data }: Call) => (absent(instant) ? '' : formatTime(instant, hash, data)),

  /** `{{#if (is action "update" "remind")}}`: whether the first is one of the others. */
  is: (value: unknown, ...others: unknown[]) => others.includes(value),
};

function absent(value: unknown): boolean {
  return value === undefined || value === null;
}
