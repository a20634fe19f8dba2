import * as z from 'zod/mini';

/**
 * A name as it is looked up: without regard to case, and to how its characters are composed
 * (Unicode Standard Annex 15, NFKC).
 */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');
}

/** Characters. */
export const longestUsername = 128;

/** Characters, as a meeting takes of a participant's name. */
export const longestName = 100;

/** Shorter than the part of a meeting's link that follows the path, for which no alias can so be taken. */
const longestAlias = 40;

const rule =
  `must be 1 to ${longestAlias} letters of the English alphabet, digits, dots, underscores and hyphens, ` +
  'and begin and end with a letter or digit';

/** An alias ends a link: it needs no escaping there, and two of them never look alike. */
export const aliasInput = z
  .string({ error: rule })
  .check(z.maxLength(longestAlias, rule), z.regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/, rule));
