import type { KeptMail } from '../../../infra/local/aws/mailbox.ts';

/** A calendar with one meeting, as it is sent to one person. */
export function calendarOf(summary: string): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:one@example.org',
    'DTSTAMP:20270201T100000Z',
    'DTSTART:20270301T100000Z',
    'DTEND:20270301T110000Z',
    `SUMMARY:${summary}`,
    'SEQUENCE:2',
    'STATUS:CONFIRMED',
    'ORGANIZER;CN=alice:mailto:alice@example.org',
    'ATTENDEE;CN=Ana:mailto:ana@example.org',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

interface MailParts {
  readonly id: string;
  readonly subject: string;
  readonly html: string;
  readonly calendar: string;
  readonly meetingId?: string;
}

/** A mail with text, html and a calendar, as SES took it. */
export function mailOf({ id, subject, html, calendar, meetingId }: MailParts): KeptMail {
  const raw = [
    'From: "alice (Meetings)" <meetings@example.org>',
    'To: Ana <ana@example.org>',
    `Subject: ${subject}`,
    'Date: Mon, 01 Feb 2027 10:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary="inner"',
    '',
    ...part('inner', 'text/plain; charset=utf-8', 'Hello Ana,\r\nsee you — soon.'),
    ...part('inner', 'text/html; charset=utf-8', html),
    '--inner--',
    ...part('outer', 'text/calendar; charset=utf-8; method=REQUEST; name="invite.ics"', calendar),
    '--outer--',
    '',
  ].join('\r\n');
  return {
    messageId: id,
    sentBy: 'Deliver',
    sentAt: '2027-02-01T10:00:00.000Z',
    source: 'meetings@example.org',
    destinations: ['ana@example.org'],
    tags: meetingId === undefined ? {} : { meeting: meetingId },
    raw: Buffer.from(raw),
  };
}

function part(boundary: string, type: string, body: string): string[] {
  return [`--${boundary}`, `Content-Type: ${type}`, 'Content-Transfer-Encoding: 8bit', '', body];
}
