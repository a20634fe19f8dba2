import { isolate } from '../../runtime/text/isolate.ts';
import { plainLetters, plainPunctuation } from '../channels/sms/smsSize.ts';
import { truncate } from '../text.ts';
import { formatDate, formatSpan, formatTime, type Locale } from './formatting.ts';
import { relativeTime } from './relativeTime.ts';

/** What Handlebars hands to a helper behind its arguments: what the template names, and what the rendering was given. */
interface Call {
  readonly hash: Intl.DateTimeFormatOptions;
  readonly data: Locale & { readonly now: Date };
}

/** What templates may call beyond what Handlebars brings along. An absent value is no text, as it is everywhere there. */
export const templateHelpers = {
  /** `{{formatDate meeting.validSince weekday="long"}}` */
  formatDate: (instant: unknown, { hash, data }: Call) => (isAbsent(instant) ? '' : formatDate(instant, hash, data)),

  /** `{{formatTime meeting.validSince timeZoneName="short"}}` */
  formatTime: (instant: unknown, { hash, data }: Call) => (isAbsent(instant) ? '' : formatTime(instant, hash, data)),

  /** `{{formatSpan meeting.validSince meeting.validUntil}}`: `10:00 AM – 11:00 AM GMT+2`, with both dates where they differ. */
  formatSpan: (from: unknown, until: unknown, { data }: Call) =>
    isAbsent(from) || isAbsent(until) ? '' : formatSpan(from, until, data),

  /** `{{relativeTime meeting.validSince}}`: how soon that is, `in 10 minutes`. */
  relativeTime: (instant: unknown, { data }: Call) =>
    isAbsent(instant) ? '' : relativeTime(instant, data.now, data.language),

  /** `{{#if (is action "update" "remind")}}`: whether the first is one of the others. */
  is: (value: unknown, ...others: unknown[]) => others.includes(value),

  /** `{{#each (lines meeting.description)}}{{this}}<br>{{/each}}` */
  lines: (text: unknown) => (isAbsent(text) ? [] : String(text).split('\n')),

  /** `{{brief meeting.name 40}}`: at most 40 characters of it, in letters and marks that an SMS sends at its lowest price. */
  brief: (text: unknown, most: number) =>
    isAbsent(text) ? '' : isolate(truncate(plainPunctuation(plainLetters(String(text))), most, '...')),

  /** `{{isolate meeting.name}}`: a name among other text, whose order it cannot turn, whatever its script. */
  isolate: (text: unknown) => (isAbsent(text) ? '' : isolate(String(text))),
};

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
