import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The country of an E.164 number (ISO 3166); undefined where its code is no one country's, or nobody's. */
export function countryOf(phone: string): string | undefined {
  return parsePhoneNumberFromString(phone)?.country;
}
