import type { InputFault } from '../runtime/refusal.ts';
import type { CountryOf } from '../users/phoneCountry.ts';

/** Where a service that invites by SMS sends them. */
export interface SmsReach {
  /** ISO 3166, two letters. */
  readonly countries: readonly string[];
  readonly countryOf: CountryOf;
}

/** One fault for each number that no SMS is sent to; none where nobody is invited by SMS. */
export function phoneFaults(
  participants: readonly { readonly phone?: string | undefined }[],
  reach: SmsReach | undefined,
): InputFault[] {
  if (!reach) return [];
  const { countries, countryOf } = reach;
  const message = `must be a number of a country that this service sends SMS to: ${countries.join(', ')}`;
  return participants.flatMap(({ phone }, index) =>
    phone === undefined || isCountryAllowed(countryOf(phone), countries)
      ? []
      : [{ path: `/participants/${index}/phone`, message }],
  );
}

export function isCountryAllowed(country: string | undefined, countries: readonly string[]): boolean {
  return country !== undefined && countries.includes(country);
}
