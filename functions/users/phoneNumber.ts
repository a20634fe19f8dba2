import * as z from 'zod/mini';

const e164 = /^\+[1-9]\d{6,14}$/;
const rule = 'must be an MSISDN: 7 to 15 digits with the country code, with or without +';

export function isE164(text: string): boolean {
  return e164.test(text);
}

/** A telephone number as it comes in, with or without `+`; E.164 inside. */
export const phoneInput = z.pipe(
  z.string({ error: rule }).check(z.maxLength(16, rule), z.regex(/^\+?[1-9]\d{6,14}$/, rule)),
  z.transform((digits) => (digits.startsWith('+') ? digits : `+${digits}`)),
);
