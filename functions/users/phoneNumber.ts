import * as z from 'zod/mini';

const e164 = /^\+[1-9]\d{6,14}$/;
const rule = 'must be an MSISDN: 7 to 15 digits with the country code, with or without +';

export function isE164(text: string): boolean {
  return e164.test(text);
}

/** A telephone number as it comes in, with or without `+`; E.164 inside. */
export const phoneInput = z.pipe(
  z.string({ error: rule }).check(z.maxLength(16, rule), z.regex(/^\+?[1-9]\d{6,14}$/, rule)),
  z.transform((digits) => withoutLegacyPrefix(digits.startsWith('+') ? digits : `+${digits}`)),
);

/** Mexico's mobile numbers had a 1 before them until 2019, and phones keep them so: the number is the same without it. */
export function withoutLegacyPrefix(phone: string): string {
  return phone.replace(/^\+521(?=\d{10}$)/, '+52');
}

/**
 * What is equal of two E.164 numbers exactly where they are one subscriber's. In Argentina a 9 stands before a mobile
 * number that is called from abroad alone: the ten digits behind it are nobody else's.
 */
export function phoneKey(phone: string): string {
  return withoutLegacyPrefix(phone).replace(/^\+549(?=\d{10}$)/, '+54');
}
