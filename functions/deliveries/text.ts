/**
 * What people type, made fit to leave the house: no control characters, nothing that turns the direction of the text
 * around it, no half of a character, and never longer than the place it goes to takes.
 */

/** Text for one line, as a header or a calendar's property is: every run of white space becomes one space. */
export function oneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  return cap(untidy.test(text) ? whole(text).replace(spaces, ' ').trim() : text, most);
}

/** Text of several lines, which end in `\n`; tabs stay. */
export function manyLines(text: string, most = Number.POSITIVE_INFINITY): string {
  return cap(whole(text.replace(lineEnds, '\n')).replace(controls, '').trim(), most);
}

/** Cuts between characters as people see them, and says so with an ellipsis. `most` counts UTF-16 units. */
export function cap(text: string, most: number, ellipsis = '…'): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of characters.segment(text.slice(0, most))) {
    if (kept.length + segment.length > most - ellipsis.length) break;
    kept += segment;
  }
  return kept.trimEnd() + ellipsis;
}

function whole(text: string): string {
  return text.replace(directions, '').replace(halves, '\ufffd');
}

const characters = new Intl.Segmenter();
const spaces = /[\s\p{Cc}]+/gu;
const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const controls = /[^\P{Cc}\t\n]/gu;
const directions = /[\u202a-\u202e\u2066-\u2069]/g;
const halves = /\p{Surrogate}/gu;
/** Mostly there is nothing to do. */
const untidy = /^\s|\s$|\s\s|[^\S ]|[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;
