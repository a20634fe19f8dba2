import { log } from '../runtime/log.ts';
import { type RuntimeSettings, settings } from '../runtime/settings.ts';

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
