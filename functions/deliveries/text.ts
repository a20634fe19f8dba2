/**
 * What people type, made fit to leave the house: no control characters, nothing that turns the direction of the text
 * around it, no half of a character, and never longer than the place it goes to takes.
 */

/** Text for one line, as a header or a calendar's property is: every run of white space becomes one space. */
export function oneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  return balanceIsolates(truncate(untidy.test(text) ? withoutHalves(text).replace(spaces, ' ').trim() : text, most));
}

/** Text of several lines, which end in `\n`; tabs stay. */
export function manyLines(text: string, most = Number.POSITIVE_INFINITY): string {
  return balanceIsolates(truncate(withoutHalves(text.replace(lineEnds, '\n')).replace(controls, '').trim(), most));
}

/** Cuts between characters as people see them, and says so with an ellipsis. `most` counts UTF-16 units. */
export function truncate(text: string, most: number, ellipsis = '…'): string {
  if (text.length <= most) return text;
  // Made when it is first needed: it takes as long as all the rest of a function's start.
  characters ??= new Intl.Segmenter();
  let kept = '';
  for (const { segment } of characters.segment(text.slice(0, most))) {
    if (kept.length + segment.length > most - ellipsis.length) break;
    kept += segment;
  }
  return kept.trimEnd() + ellipsis;
}

function withoutHalves(text: string): string {
  return text.replace(directions, '').replace(halves, '\ufffd');
}

/** Isolates that end where they should stay; where one does not, all go. */
function balanceIsolates(text: string): string {
  if (!isolates.test(text)) return text;
  const bare = text.replaceAll(/\u2068[^\u2066-\u2069]*\u2069/g, '');
  return /[\u2066-\u2069]/.test(bare) ? text.replaceAll(/[\u2066-\u2069]/g, '') : text;
}

let characters: Intl.Segmenter | undefined;

// Ranges, since a class such as \p{Cc} is looked up in Unicode's tables on its first use, which takes milliseconds.
const control = String.raw`\0-\x1f\x7f-\x9f`;
const direction = String.raw`\u202a-\u202e`;
const half = String.raw`\ud800-\udfff`;

const spaces = new RegExp(`[\\s${control}]+`, 'gu');
const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const controls = new RegExp(`(?![\\t\\n])[${control}]`, 'gu');
const directions = new RegExp(`[${direction}]`, 'gu');
const isolates = /[\u2066-\u2069]/;
const halves = new RegExp(`[${half}]`, 'gu');
/** Mostly there is nothing to do. */
const untidy = new RegExp(`^\\s|\\s$|\\s\\s|[^\\S ]|[${control}${direction}${half}]`, 'u');
