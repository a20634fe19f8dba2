/** The country of an E.164 number (ISO 3166); undefined where its code is no one country's, or nobody's. */
export type CountryOf = (phone: string) => string | undefined;

/** Loads what knows the numbers of the world; it takes as long to load as a tenth of a function's start. */
export async function loadCountryOf(): Promise<CountryOf> {
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min');
  return (phone) => parsePhoneNumberFromString(phone)?.country;
}
