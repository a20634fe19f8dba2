import { oneLine } from '../../text.ts';
import type { AddressChannel } from '../channel.ts';
import { plainPunctuation, smsSize } from './smsSize.ts';

/** Text messages, sent by SNS. */
export const sms = {
  name: 'sms',
  title: 'SMS',
  reaches: 'address',
  addressOf: ({ phone }) => phone,
  hasCalendar: false,
  tellsOrganizer: false,
  hasShortLinks: true,
  isAvailable: ({ smsService }) => smsService,
  unavailableForMeeting: 'Cannot send meeting invitation by sms: SMS service not available',
  unavailableInDeployment: 'Cannot send meeting invitation by sms: SMS service not available (smsService is false)',
  parts: { from: 'plain', text: 'plain' },
  hasShippedTemplates: false,
  tellsOfWaiting: false,
  tellsOfUnreachable: false,
  compose(render) {
    const sender = oneLine(render('from'));
    const text = plainPunctuation(render('text').trim());
    return { ...(isSmsSender(sender) && { sender }), text };
  },
  partsOf: ({ text }) => smsSize(text).parts,
  allowance: { what: 'sms', code: 'sms-per-day', plural: 'SMS', most: ({ smsPerDay }) => smsPerDay },
} as const satisfies AddressChannel;

/** Up to 11 letters and digits, not all of them digits, or a number of 9 to 17 digits. */
export function isSmsSender(sender: string): boolean {
  return /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/.test(sender) || /^\+?\d{9,17}$/.test(sender);
}
