import * as z from 'zod/mini';

/** What no text may hold, and what is said of it: it would be refused by the table, end a line, or reorder what stands around it. */
const unfit = {
  halfCharacters: { holds: /\p{Cs}/u, message: 'must not hold half a character (an unpaired surrogate)' },
  controls: { holds: /[\p{Cc}\p{Zl}\p{Zp}]/u, message: 'must not hold control characters or line ends' },
  controlsButLineEnds: { holds: /(?![\t\n\r])\p{Cc}/u, message: 'must not hold control characters' },
  directions: {
    holds: /[\u202a-\u202e\u2066-\u2069]/,
    message:
      'must not hold characters that override or isolate the direction of text (U+202A to U+202E, U+2066 to U+2069)',
  },
};

/** What a JSON Schema says of it, in an expression that every engine reads alike. */
const noControls = z.meta({ not: { pattern: '[\\x00-\\x1f\\x7f-\\x9f]' } });
const noControlsButLineEnds = z.meta({ not: { pattern: '[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]' } });

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Whether nothing of a text can be seen. */
export function isInvisible(text: string): boolean {
  return text.replace(invisible, '') === '';
}

/** One line of text that can be seen, of `least` (default: 1) to `most` characters; its ends are trimmed. */
export function lineInput(most: number, { least = 1 }: { readonly least?: number } = {}) {
  const rule = `must be text of ${least} to ${most} characters`;
  return z.pipe(
    z.pipe(
      z
        .string({ error: rule })
        .check(z.maxLength(most * 4, rule), ...withoutCharacters('halfCharacters', 'controls', 'directions')),
      z.transform((text) => text.trim()),
    ),
    z.string().check(
      z.minLength(least, rule),
      z.maxLength(most, rule),
      z.refine((text) => text === '' || !isInvisible(text), 'must hold something that can be seen'),
      noControls,
    ),
  );
}

/** One line as it is, of 1 to `most` characters: the beginning of what is looked for may end in a blank. */
export function beginningInput(most: number) {
  const rule = `must be text of 1 to ${most} characters`;
  return z
    .string({ error: rule })
    .check(
      z.minLength(1, rule),
      z.maxLength(most, rule),
      ...withoutCharacters('halfCharacters', 'controls', 'directions'),
      noControls,
    );
}

/** Text of any number of lines, at most `most` characters; its ends are trimmed, its line ends are `\n`. */
export function paragraphsInput(most: number) {
  const rule = `must be text of at most ${most} characters`;
  return z.pipe(
    z
      .string({ error: rule })
      .check(
        z.maxLength(most, rule),
        ...withoutCharacters('halfCharacters', 'controlsButLineEnds', 'directions'),
        noControlsButLineEnds,
      ),
    z.transform((text) => text.replace(/\r\n?/g, '\n').trim()),
  );
}

/** A text of ours or of an issuer with all that is unfit in a line taken out, at most `most` characters; undefined where nothing is to be seen. */
export function cleanAndCutLine(text: string, most: number): string | undefined {
  const fit = text.replace(/[\p{Cs}\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '').trim();
  const first = firstCharacters(fit, most).trim();
  return isInvisible(first) ? undefined : first;
}

/** At most the first `most` UTF-16 units of a text, and no half of a character. */
export function firstCharacters(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

function withoutCharacters(...kinds: readonly (keyof typeof unfit)[]) {
  return kinds.map((kind) => {
    const { holds, message } = unfit[kind];
    return z.refine<string>((text) => !holds.test(text), message);
  });
}
