import { knownCapabilities } from './user.ts';

/**
 * The names that a claim holds: an array as the gateway writes it, `[a b]`, or one text, `a b` (as an OAuth scope is
 * written) or `a,b`. In an array a comma belongs to its name, and so may a blank, which the gateway's text does not
 * tell: the token that the gateway verified does, and is believed where it writes to the very same text. Without it,
 * several words count where all are capabilities, and none of them where one is not. An object, `map[…]`, holds none:
 * whatever stands in it would be words. A name with half a character,
 * which no row can hold, is left out.
 */
export function capabilityNames(claim: string, inToken: unknown): string[] {
  return namesIn(claim, inToken).filter((name) => !/\p{Cs}/u.test(name));
}

function namesIn(claim: string, inToken: unknown): string[] {
  if (/^map\[.*\]$/s.test(claim)) return [];
  const array = /^\[(.*)\]$/s.exec(claim)?.[1];
  if (array === undefined) return claim.split(/[\s,]+/).filter((name) => name !== '');
  const words = array.split(/\s+/).filter((name) => name !== '');
  if (words.length < 2) return words;
  const names = textsIn(inToken);
  if (names?.join(' ') === array) return names;
  return words.every(isCapability) ? words : [];
}

function textsIn(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((entry) => typeof entry === 'string');
  return texts.length === value.length ? texts : undefined;
}

function isCapability(word: string): boolean {
  return knownCapabilities.some((name) => name === word);
}
