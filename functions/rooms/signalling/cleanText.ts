/** Controls, separators and direction marks that would let a name pass for something else. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]+/g;

/** A name as others see it: one line of visible text; undefined where nothing of it is visible. */
export function cleanName(text: string): string | undefined {
  const name = text.normalize('NFC').replace(hidden, ' ').replace(/\s+/gu, ' ').trim();
  return name === '' ? undefined : name;
}

/** What somebody wrote, with its line ends and tabs; undefined where nothing is left. */
export function cleanChat(text: string): string | undefined {
  const chat = text.replace(/\r\n?/g, '\n').replace(controls, '').trim();
  return chat === '' ? undefined : chat;
}
