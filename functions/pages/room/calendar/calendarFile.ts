export interface CalendarEntry {
  /** Names the meeting in every calendar; the same as in the invitation, so that both are one entry. */
  readonly uid: string;
  readonly name: string;
  readonly url: string;
  /** Of two copies the higher counts; the same as in the invitation. */
  readonly sequence: number;
  /** Their username; a page is told no address. */
  readonly organizer?: string | undefined;
  readonly validSince: Date;
  readonly validUntil: Date;
}

/** A calendar file (RFC 5545) that holds one meeting, for the calendar of whoever saves it. */
export function calendarFile(entry: CalendarEntry, now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Meetings//Room//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `DTSTAMP:${utcInstant(now)}`,
    `SEQUENCE:${entry.sequence}`,
    organizerLine(entry.organizer),
    `DTSTART:${utcInstant(entry.validSince)}`,
    `DTEND:${utcInstant(entry.validUntil)}`,
    `SUMMARY:${escapedText(entry.name)}`,
    `LOCATION:${escapedText(entry.url)}`,
    `URL:${entry.url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map(foldLine).join('');
}

/** What is published has an organizer (RFC 5546, section 3.2.1); the address is that of who has none. */
function organizerLine(name: string | undefined): string {
  const commonName = name === undefined ? '' : `;CN="${name.replace(/"/g, "'").replace(/\^/g, '^^')}"`;
  return `ORGANIZER${commonName}:mailto:none@example.org`;
}

/** `20270301T093000Z` */
function utcInstant(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function escapedText(value: string): string {
  return value.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** A line holds at most 75 octets (RFC 5545, section 3.1); no character is broken. */
function foldLine(line: string): string {
  const encoder = new TextEncoder();
  let octets = 0;
  let result = '';
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      result += '\r\n ';
      octets = 1;
    }
    result += character;
    octets += size;
  }
  return `${result}\r\n`;
}
