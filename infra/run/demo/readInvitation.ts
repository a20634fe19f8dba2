import PostalMime, { type Address } from 'postal-mime';
import { type ReadCalendar, readCalendar } from '../../local/inbox/readCalendar.ts';

/** A mail as a mail program and a calendar program read it: by parsers that this project did not write. */
export interface ReadInvitation {
  readonly from: string;
  readonly to: string;
  readonly replyTo: string | undefined;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The content types of the parts, in their order. */
  readonly attachments: readonly string[];
  readonly calendar: ReadCalendar | undefined;
}

export async function readInvitation(raw: Uint8Array): Promise<ReadInvitation> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const file = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  return {
    from: formatMailbox(mail.from),
    to: (mail.to ?? []).map(formatMailbox).join(', '),
    replyTo: mail.replyTo?.map(formatMailbox).join(', '),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map(({ mimeType, filename }) => `${mimeType} ${filename ?? 'inline'}`),
    calendar: file && readCalendar(String(file.content)),
  };
}

function formatMailbox(address: Address | undefined): string {
  if (!address) return '';
  return address.name ? `${address.name} <${address.address}>` : (address.address ?? '');
}
