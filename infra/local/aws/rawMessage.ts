import { AwsRefusal } from './awsCall.ts';

const messageLimitBytes = 10 * 1024 * 1024;
const lineLimitBytes = 998;
const unrepeatable = ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'message-id', 'date', 'subject', 'return-path'];

/** A header of a message, unfolded but not decoded. */
export type Header = readonly [name: string, value: string];

/**
 * Reads the headers of a mail as SES does before it takes it.
 *
 * @throws {AwsRefusal} for what SES refuses: over 10 MB, a line over 998 bytes (RFC 5322, 2.1.1), headers that are not ASCII, that
 *   come twice, or are none; no `From`; an attachment of a kind that it does not send
 */
export function readHeaders(message: Buffer): Header[] {
  if (message.length > messageLimitBytes) {
    throw refuse(`Message length is more than ${messageLimitBytes} bytes long: '${message.length}'.`);
  }
  refuseLongLines(message);
  const text = message.toString('latin1');
  const [head = ''] = text.split(/\r?\n\r?\n/, 1);
  if (/[^\t\n\r -~]/.test(head)) throw refuse('Header contains characters that are not 7-bit ASCII.');
  const headers = head
    .replace(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)
    .map(readHeader);
  const names = headers.map(([name]) => name.toLowerCase());
  const repeated = unrepeatable.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (repeated !== undefined) throw refuse(`Duplicate header '${repeated}'.`);
  if (!names.includes('from')) throw refuse("Missing required header 'From'.");
  if (
    /filename="?[^"\r\n]*\.(ade|bat|cmd|com|cpl|exe|hta|js|jse|lnk|msi|pif|ps1|scr|vb|vbe|vbs|wsf)"?\s*(?:[;\r\n]|$)/i.test(
      text,
    )
  ) {
    throw refuse('Illegal filename.');
  }
  return headers;
}

/** @returns the value of the header of that name, without regard to case */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1];
}

function readHeader(line: string): Header {
  const [, name, value] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw refuse(`Expected header, found: '${line.slice(0, 40)}'.`);
  return [name, value];
}

function refuseLongLines(message: Buffer): void {
  for (let start = 0; start < message.length; ) {
    const feed = message.indexOf(10, start);
    const end = feed === -1 ? message.length : feed;
    const length = end - start - (message[end - 1] === 13 ? 1 : 0);
    if (length > lineLimitBytes)
      throw refuse(`Message contains a line of ${length} bytes; the limit is ${lineLimitBytes}.`);
    start = end + 1;
  }
}

function refuse(message: string): AwsRefusal {
  return new AwsRefusal('InvalidParameterValue', message);
}
