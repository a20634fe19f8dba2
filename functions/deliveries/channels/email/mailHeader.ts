import { oneLine } from '../../text.ts';
import { asciiAddress } from './mailAddress.ts';

/** A person or a service; `name` is what mail programs show. */
export interface Mailbox {
  readonly name?: string | undefined;
  readonly address: string;
}

/** The longest line with an encoded word, and the longest encoded word (RFC 2047, section 2). */
const mostLineLength = 76;
const mostWordLength = 75;

/** A header of text, whatever the text holds: `Subject: …`. */
export function textHeader(name: string, text: string): string {
  const line = oneLine(text);
  return foldedHeader(name, isPlain(line) ? line.split(' ') : encodedWords(line, mostLineLength - name.length - 2));
}

/** A header of one address: `To: "Doe, Ana" <ana@example.org>`. */
export function mailboxHeader(name: string, { name: person = '', address }: Mailbox): string {
  const phrase = oneLine(person);
  const ascii = asciiAddress(address);
  if (!phrase) return foldedHeader(name, [ascii]);
  return foldedHeader(name, [...phraseWords(phrase, mostLineLength - name.length - 2), `<${ascii}>`]);
}

/** Breaks the line before a word that would make it too long. */
export function foldedHeader(name: string, words: string[]): string {
  let folded = `${name}:`;
  let length = folded.length;
  for (const word of words) {
    const breaks = length + 1 + word.length > mostLineLength && length > name.length + 1;
    folded += breaks ? `\r\n ${word}` : ` ${word}`;
    length = breaks ? word.length + 1 : length + 1 + word.length;
  }
  return `${folded}\r\n`;
}

function phraseWords(phrase: string, room: number): string[] {
  if (!isPlain(phrase)) return encodedWords(phrase, room);
  const words = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/.test(phrase) ? phrase : `"${phrase.replace(/["\\]/g, '\\$&')}"`;
  return words.split(' ');
}

/** Whether text may stand as it is: ASCII, nothing that reads as an encoded word, and words that fit on a line. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text) && !text.includes('=?') && !/\S{61}/.test(text);
}

/** Text as `=?UTF-8?B?…?=` (RFC 2047), no character in two words, the first word no longer than `room`. */
function encodedWords(text: string, room: number): string[] {
  const words: string[] = [];
  let word = '';
  let most = octetsIn(Math.min(room, mostWordLength));
  for (const character of text) {
    if (Buffer.byteLength(word) + Buffer.byteLength(character) > most) {
      words.push(encodedWord(word));
      word = '';
      most = octetsIn(mostWordLength);
    }
    word += character;
  }
  return [...words, encodedWord(word)];
}

const wordStart = '=?UTF-8?B?';
const wordEnd = '?=';

function encodedWord(text: string): string {
  return `${wordStart}${Buffer.from(text).toString('base64')}${wordEnd}`;
}

/** How many octets an encoded word of this length holds. */
function octetsIn(wordLength: number): number {
  return Math.floor((wordLength - wordStart.length - wordEnd.length) / 4) * 3;
}
