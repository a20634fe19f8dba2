/** Lines of an iCalendar file (RFC 5545, section 3.1), which count in octets. */

const mostOctets = 75;

/** Breaks a line as often as it must, never inside a character, and ends it. */
export function fold(line: string): string {
  if (line.length <= mostOctets / 3 || Buffer.byteLength(line) <= mostOctets) return `${line}\r\n`;
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > mostOctets) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return `${folded}\r\n`;
}

function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** The lines of a file as they were before they were folded. */
export function unfold(file: string): string[] {
  return file.replace(/\r\n[ \t]/g, '').split('\r\n');
}

/** A tab is no control character to the grammar: people write it into descriptions (RFC 5545, section 3.1, VALUE-CHAR). */
const control = String.raw`\0-\x08\x0a-\x1f\x7f-\x9f`;
const parameter = `;[A-Z-]+=(?:"[^"${control}]*"|[^";:,${control}]*)`;
const contentLine = new RegExp(`^[A-Z-]+(?:${parameter})*:[^${control}]*$`, 'u');

/** @throws where this is not exactly one line of the grammar, with upper-case names and one value per parameter. */
export function checkLine(line: string): string {
  if (!contentLine.test(line)) throw new Error(`not a line of a calendar: ${line.slice(0, line.search(/[;:]|$/))}`);
  return line;
}

/**
 * A parameter's value in quotes. RFC 5545 has no way to write a quote in it and RFC 6868, which has one, is unknown to
 * the calendars of many, so it becomes an apostrophe; the circumflex is RFC 6868's escape.
 */
export function quotedParameter(text: string): string {
  return `"${text.replace(/"/g, "'").replace(/\^/g, '^^')}"`;
}
