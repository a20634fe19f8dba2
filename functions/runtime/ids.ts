import { randomBytes, randomInt } from 'node:crypto';

/** Crockford's base 32: no letter is mistaken for another, and no link ends in punctuation. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random text of `length` characters, each worth 5 bits. */
export function randomId(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join('');
}

/** Bytes as such a text, 8 characters for each 5 of them. @throws Error for another number of bytes */
export function idOf(bytes: Buffer): string {
  if (bytes.length % 5 !== 0) throw new Error(`${bytes.length} bytes are no whole number of characters`);
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: bits.length / 5 }, (_, index) =>
    alphabet.charAt(Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)),
  ).join('');
}

/** A random number of nine digits, the first of them not 0: it can be said and typed on a telephone. */
export function randomPin(): string {
  return String(randomInt(100_000_000, 1_000_000_000));
}

/** Gives ids; rules take it as an argument, so that tests can give their own. */
export type NewId = (length: number) => string;
