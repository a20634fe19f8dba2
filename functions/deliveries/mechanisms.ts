import { log } from '../runtime/log.ts';
import { settings } from '../runtime/settings.ts';

/** Those of `inviteMechanisms` that can send; the others are warned of, for each meeting that they fail. */
export function availableMechanisms(meetingId: string): ('email' | 'sms')[] {
  const { inviteMechanisms, mailIdentity, smsService } = settings();
  const unavailable = {
    email: mailIdentity === undefined && 'Cannot send meeting invitation by email: Email service not available',
    sms: !smsService && 'Cannot send meeting invitation by sms: SMS service not available',
  };
  return inviteMechanisms.filter((mechanism) => {
    const warning = unavailable[mechanism];
    if (warning) log.warn(warning, { meetingId });
    return !warning;
  });
}
