import type { SmsReach } from '../../meetings/smsReach.ts';
import { log } from '../../runtime/log.ts';
import { type RuntimeSettings, settings } from '../../runtime/settings.ts';
import { loadCountryOf } from '../../users/phoneCountry.ts';

const unavailable = {
  email: 'Cannot send meeting invitation by email: Email service not available',
  sms: 'Cannot send meeting invitation by sms: SMS service not available',
};

/** Those of `inviteMechanisms` that can send. */
export function availableMechanisms({ inviteMechanisms, mailIdentity, smsService }: RuntimeSettings) {
  const available = { email: mailIdentity !== undefined, sms: smsService };
  return inviteMechanisms.filter((mechanism) => available[mechanism]);
}

/** Warns of those that cannot, for a meeting that they fail. */
export function warnOfUnavailable(meetingId: string): void {
  const available = availableMechanisms(settings());
  for (const mechanism of settings().inviteMechanisms) {
    if (!available.includes(mechanism)) log.warn(unavailable[mechanism], { meetingId });
  }
}

/** Where these people may be invited by SMS; undefined where nobody is, or none of them has a number. */
export async function loadSmsReach(
  given: RuntimeSettings,
  people: readonly { readonly phone?: string | undefined }[],
): Promise<SmsReach | undefined> {
  const invited = availableMechanisms(given).includes('sms') && people.some(({ phone }) => phone !== undefined);
  if (!invited) return undefined;
  return { countries: given.smsCountries, countryOf: await loadCountryOf() };
}
