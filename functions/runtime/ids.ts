import { randomBytes, randomInt } from 'node:crypto';

/** Crockford's base 32: no letter is mistaken for another, and no link ends in punctuation. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random text of `length` characters, each worth 5 bits. */
export function randomId(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join('');
}

/** A random number of nine digits, the first of them not 0: it can be said and typed on a telephone. */
export function randomPin(): string {
  return String(randomInt(100_000_000, 1_000_000_000));
}

/** Gives ids; rules take it as an argument, so that tests can give their own. */
export type NewId = (length: number) => string;
