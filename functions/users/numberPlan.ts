import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** What the numbering plan of its country says of a number. */
export interface PlannedNumber {
  /** E.164, without the digits that are dialled inside the country alone. */
  readonly number: string;
  /** ISO 3166; undefined where its code is no one country's. */
  readonly country: string | undefined;
  /** Whether SMS may be sent to it: `no` of what costs its callers more, or what is free for them, and of pagers. */
  readonly takesSms: 'yes' | 'landline' | 'no';
}

/** Types of whose numbers a text message can be read; of some countries the plan tells no more than that they may. */
const textable = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'VOIP', undefined]);

/** The number as its country's plan knows it; undefined where no plan can have it. */
export function planOf(phone: string): PlannedNumber | undefined {
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed?.isValid()) return undefined;
  const type = parsed.getType();
  const takesSms = textable.has(type) ? 'yes' : type === 'FIXED_LINE' ? 'landline' : 'no';
  return { number: parsed.number, country: parsed.country, takesSms };
}
