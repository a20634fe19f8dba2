import type { SmsReach } from '../../../meetings/smsReach.ts';
import type { RuntimeSettings } from '../../../runtime/settings.ts';
import { loadPlanOf } from '../../../users/loadNumberPlan.ts';
import { sms } from './sms.ts';

/** What is known of these people's numbers, and where they may be invited by SMS; undefined where none of them has a number. */
export async function loadSmsReach(
  settings: RuntimeSettings,
  people: readonly { readonly phone?: string | undefined }[],
): Promise<SmsReach | undefined> {
  if (people.every(({ phone }) => phone === undefined)) return undefined;
  const isUsed = settings.inviteMechanisms.includes(sms.name) && sms.isAvailable(settings);
  return { planOf: await loadPlanOf(), countries: isUsed ? settings.smsCountries : undefined };
}
