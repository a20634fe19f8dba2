import type { SmsReach } from '../../../meetings/smsReach.ts';
import type { RuntimeSettings } from '../../../runtime/settings.ts';
import { loadCountryOf } from '../../../users/phoneCountry.ts';
import { sms } from './sms.ts';

/** Where these people may be invited by SMS; undefined where nobody is, or none of them has a number. */
export async function loadSmsReach(
  settings: RuntimeSettings,
  people: readonly { readonly phone?: string | undefined }[],
): Promise<SmsReach | undefined> {
  const isUsed = settings.inviteMechanisms.includes(sms.name) && sms.isAvailable(settings);
  if (!isUsed || people.every(({ phone }) => phone === undefined)) return undefined;
  return { countries: settings.smsCountries, countryOf: await loadCountryOf() };
}
