export interface CalendarEntry {
  /** Names the meeting in every calendar; the same as in the invitation, so that both are one entry. */
  readonly uid: string;
  readonly name: string;
  readonly url: string;
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
    `DTSTAMP:${instant(now)}`,
    `DTSTART:${instant(entry.validSince)}`,
    `DTEND:${instant(entry.validUntil)}`,
    `SUMMARY:${text(entry.name)}`,
    `LOCATION:${text(entry.url)}`,
    `URL:${entry.url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map(folded).join('');
}

/** `20270301T093000Z` */
function instant(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function text(value: string): string {
  return value.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** A line holds at most 75 octets (RFC 5545, section 3.1); no character is broken. */
function folded(line: string): string {
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
