import type { Method } from '../../calendar/calendar.ts';
import { foldedHeader, type Mailbox, mailboxHeader, textHeader } from './mailHeader.ts';

export interface Mail {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly replyTo?: Mailbox | undefined;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly calendar?: { readonly method: Method; readonly content: string } | undefined;
  readonly date: Date;
}

/**
 * A mail as it travels (RFC 5322, 2045 to 2047). The calendar stands among the alternatives, where mail programs look
 * for an invitation, and again as `invite.ics`, for people to open.
 *
 * @throws InvalidMailAddress
 */
export function composeMail(mail: Mail): Uint8Array {
  const content = mail.calendar && encodeLines(mail.calendar.content);
  const alternatives = [
    mimePart('text/plain; charset=UTF-8', encodeLines(mail.text)),
    mimePart('text/html; charset=UTF-8', encodeLines(mail.html)),
    ...(mail.calendar && content
      ? [mimePart(`text/calendar; method=${mail.calendar.method}; charset=UTF-8`, content)]
      : []),
  ];
  const body = multipart('alternative', alternatives);
  const whole = content ? multipart('mixed', [body, attachment(content)]) : body;
  return Buffer.from(headersOf(mail) + whole, 'latin1');
}

function headersOf({ from, to, replyTo, subject, date }: Mail): string {
  return [
    mailboxHeader('From', from),
    mailboxHeader('To', to),
    replyTo ? mailboxHeader('Reply-To', replyTo) : '',
    textHeader('Subject', subject),
    foldedHeader('Date', [date.toUTCString().replace('GMT', '+0000')]),
    foldedHeader('MIME-Version', ['1.0']),
    // No machine answers it: RFC 3834, section 5, and Exchange's own way (MS-OXCMAIL, section 2.2.3.2.14).
    foldedHeader('Auto-Submitted', ['auto-generated']),
    foldedHeader('X-Auto-Response-Suppress', ['All']),
  ].join('');
}

/** Base64 holds no `_`, so no line of any content looks like a boundary, and none has to be drawn by lot. */
function multipart(kind: 'alternative' | 'mixed', parts: string[]): string {
  const boundary = `=_${kind}`;
  const open = `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n`;
  return `${open}${parts.map((each) => `--${boundary}\r\n${each}`).join('')}--${boundary}--\r\n`;
}

function mimePart(type: string, content: string): string {
  return `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${content}`;
}

function attachment(content: string): string {
  return [
    'Content-Type: application/ics; name="invite.ics"',
    'Content-Disposition: attachment; filename="invite.ics"',
    'Content-Transfer-Encoding: base64',
    '',
    content,
  ].join('\r\n');
}

/** Text in base64, its lines ended by CRLF before they are encoded (RFC 2045, section 6.8). */
function encodeLines(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const encoded = Buffer.from(lines.replaceAll('\n', '\r\n')).toString('base64');
  let wrapped = '';
  for (let start = 0; start < encoded.length; start += mostLineLength) {
    wrapped += `${encoded.slice(start, start + mostLineLength)}\r\n`;
  }
  return wrapped;
}

const mostLineLength = 76;
