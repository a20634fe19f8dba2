import { isInvisible } from '../../runtime/text/text.ts';

/** Half characters, controls, separators and direction marks that would let a name pass for something else. */
const hidden = /[\p{Cs}\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Half characters, controls but line ends and tabs, and overrides of direction. */
const controls = /[\p{Cs}\u202a-\u202e]|(?![\t\n])\p{Cc}/gu;

/** A name as others see it: one line of visible text; undefined where nothing of it is visible. */
export function cleanName(text: string): string | undefined {
  const name = text.normalize('NFC').replace(hidden, ' ').replace(/\s+/gu, ' ').trim();
  return isInvisible(name) ? undefined : name;
}

/** What somebody wrote, with its line ends and tabs; undefined where nothing is left. */
export function cleanChat(text: string): string | undefined {
  const chat = text.replace(/\r\n?/g, '\n').replace(controls, '').trim();
  return isInvisible(chat) ? undefined : chat;
}
