import { isWebAddress } from '../browser/webAddress.ts';

/** A piece of what someone wrote: text, or the address that it names. */
export interface ChatPiece {
  readonly text: string;
  readonly href?: string;
}

/** What cannot be seen turns the order of what can. */
const address = /https?:\/\/[^\s<>"\p{Cf}]+/gu;

/** Splits what someone wrote at the web addresses in it; punctuation that ends a sentence is not part of one. */
export function chatPieces(text: string): ChatPiece[] {
  const pieces: ChatPiece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const href = withoutPunctuation(found);
    if (!isWebAddress(href)) continue;
    if (index > end) pieces.push({ text: text.slice(end, index) });
    pieces.push({ text: href, href });
    end = index + href.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function withoutPunctuation(found: string): string {
  let end = found.length;
  while (end > 0 && ".,;:!?)]}'»”’".includes(found.charAt(end - 1))) end -= 1;
  return found.slice(0, end);
}
