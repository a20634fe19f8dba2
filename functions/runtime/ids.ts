import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no letter is mistaken for another, and no link ends in punctuation. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random text of `length` characters, each worth 5 bits. */
export function randomId(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join('');
}

/** Gives ids; rules take it as an argument, so that tests can give their own. */
export type NewId = (length: number) => string;
