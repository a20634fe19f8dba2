import type { InputFault } from '../api/apiClient.ts';
import type { Words } from '../words/en.ts';
import type { Faults } from './draft.ts';

/** What the API says of a field, by what it means; its sentences are those of its documentation. */
const meanings: readonly (readonly [RegExp, Exclude<keyof Words['faults'], 'other'>])[] = [
  [/^is required/, 'required'],
  [/https URL/, 'webhook-url'],
  [/types of events/, 'events-needed'],
  [/mail address/, 'email'],
  [/numbering plan/, 'phone-plan'],
  [/premium rate/, 'phone-premium'],
  [/country that this service sends SMS/, 'phone-country'],
  [/MSISDN/, 'phone'],
  [/co-hosts are users/, 'cohost-user'],
  [/known user|id of a user/, 'user'],
  [/same person/, 'same-person'],
  [/two participants|names both/, 'two-people'],
  [/at most \d+ participants|bytes/, 'people-many'],
  [/time zone/, 'zone'],
  [/languages? of this service|language tag/, 'language'],
  [/in the past|in the future/, 'past'],
  [/years ahead/, 'far'],
  [/at most \d+ days after/, 'end-far'],
  [/after validSince/, 'end-before-start'],
  [/RFC 3339/, 'instant'],
  [/text of 4 to 64/, 'password-length'],
  [/digits alone/, 'password-digits'],
  [/Jitsi/, 'password-none'],
  [/letters of the English alphabet/, 'alias'],
  [/half a character|control characters|direction|can be seen/, 'characters'],
  [/text of 1 to/, 'too-long'],
  [/text of at most/, 'too-long'],
];

/** Says in the reader's language what is wrong, by field. Of several faults of one field the first is shown. */
export function wordsOfFaults(faults: readonly InputFault[], words: Words): Faults {
  const entries = faults.map(({ path, message }) => [path, meaningOf(message, words)] as const);
  return Object.fromEntries(entries.reverse());
}

/** The same of what was found before anything was sent. */
export function wordsOfOwn(faults: Faults, { faults: said }: Words): Faults {
  const known = new Map<string, unknown>(Object.entries(said));
  return Object.fromEntries(
    Object.entries(faults).map(([path, code]) => [path, String(known.get(code) ?? said.required)]),
  );
}

function meaningOf(message: string, { faults }: Words): string {
  const code = meanings.find(([form]) => form.test(message))?.[1];
  return code === undefined ? faults.other(message) : faults[code];
}
