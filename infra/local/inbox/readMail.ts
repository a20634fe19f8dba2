import PostalMime, { type Address } from 'postal-mime';
import { readHeaders } from '../aws/rawMessage.ts';
import type { CalendarContent, MailContent } from './inbox.ts';
import { readCalendar } from './readCalendar.ts';

/** A mail as a mail program reads it, with its html apart. */
export interface ReadMail {
  readonly content: MailContent;
  readonly html: string | undefined;
}

/** Reads a mail; what its calendar is worth is told, not required. */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const file = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  const content: MailContent = {
    from: formatMailboxes(mail.from ? [mail.from] : []),
    to: formatMailboxes(mail.to ?? []),
    replyTo: mail.replyTo && formatMailboxes(mail.replyTo),
    subject: mail.subject ?? '',
    date: mail.date,
    text: mail.text ?? '',
    hasHtml: mail.html !== undefined,
    attachments: mail.attachments.map(({ mimeType, filename }) => `${mimeType} ${filename ?? ''}`.trim()),
    calendar: file && calendarContent(String(file.content)),
    headers: readHeaders(raw),
    source: raw.toString('utf8'),
  };
  return { content, html: mail.html };
}

function calendarContent(source: string): CalendarContent {
  try {
    const { start, end, organizer, organizerName, attendees, stamp: _, source: __, ...entry } = readCalendar(source);
    const named = organizer && `${organizerName ?? ''} <${withoutScheme(organizer)}>`.trim();
    return {
      source,
      fault: undefined,
      entry: {
        ...entry,
        organizer: named,
        attendees: attendees.map(withoutScheme),
        start: start.toISOString(),
        end: end.toISOString(),
      },
    };
  } catch (error) {
    return { source, entry: undefined, fault: error instanceof Error ? error.message : String(error) };
  }
}

function formatMailboxes(addresses: readonly Address[]): string {
  return addresses.map(({ name, address }) => (name ? `${name} <${address ?? ''}>` : (address ?? ''))).join(', ');
}

function withoutScheme(uri: string): string {
  return uri.replace(/^mailto:/i, '');
}
