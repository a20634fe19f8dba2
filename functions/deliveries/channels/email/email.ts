import { oneLine } from '../../text.ts';
import type { AddressChannel } from '../channel.ts';

const mostNameLength = 200;
const mostSubjectLength = 400;

/** Mail, sent by SES. */
export const email = {
  name: 'email',
  title: 'Mail',
  reaches: 'address',
  addressOf: (addresses) => addresses.email,
  hasCalendar: true,
  tellsOrganizer: true,
  hasShortLinks: false,
  isAvailable: ({ mailIdentity }) => mailIdentity !== undefined,
  unavailableForMeeting: 'Cannot send meeting invitation by email: Email service not available',
  unavailableInDeployment:
    'Cannot send meeting invitation by email: Email service not available (mailIdentity is not set)',
  parts: { from: 'plain', subject: 'plain', html: 'escaped', text: 'plain' },
  hasShippedTemplates: false,
  tellsOfWaiting: true,
  tellsOfUnreachable: true,
  compose(render) {
    const sender = displayName(oneLine(render('from'), mostNameLength));
    const subject = oneLine(render('subject'), mostSubjectLength);
    return { ...(sender && { sender }), subject, html: render('html'), text: render('text') };
  },
  allowance: { what: 'mail', code: 'mails-per-day', plural: 'mails', most: ({ mailsPerDay }) => mailsPerDay },
  mostPerSecond: ({ maxSendRate }) => maxSendRate,
} as const satisfies AddressChannel;

/** `Name` of `Name`, `Name <address>` and `"Name" <address>`: the address itself is a setting, never a template's. */
export function displayName(from: string): string {
  const name = from.replace(/<[^<>]*>$/, '').trim();
  if (/^[^\s@]+@[^\s@]+$/.test(name)) return '';
  return /^".*"$/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
}
