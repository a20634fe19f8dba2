import { scrypt, timingSafeEqual } from 'node:crypto';

/**
 * A setting that OWASP calls for ("Password Storage Cheat Sheet", scrypt: N=2^14 with 16 MiB, r=8, p=5): the one with the
 * least memory that Node takes without being told of more. It takes about 200 ms.
 */
const cost = { log2N: 14, r: 8, p: 5 };

const hashBytes = 32;

/** A length of salts that holds 130 random bits; Node asks for 128. */
export const saltLength = 26;

/** The form that hashes are kept in (PHC string format): what made them stands beside them, so that it can be raised. */
const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([0-9A-Za-z]+)\$([A-Za-z0-9_-]+)$/;

/** What is kept in the place of a password. @param salt random, another for each */
export async function hashPassword(password: string, salt: string): Promise<string> {
  const hash = await derive(password, salt, cost);
  return `$scrypt$ln=${cost.log2N},r=${cost.r},p=${cost.p}$${salt}$${hash.toString('base64url')}`;
}

/** Whether a password is the one that was hashed, in a time that does not depend on where they differ. @throws Error for a hash of another form */
export async function isPassword(given: string, kept: string): Promise<boolean> {
  const [, log2N, r, p, salt = '', hash = ''] = form.exec(kept) ?? [];
  if (hash === '') throw new Error('The hash of a password is in a form that this release does not know');
  const expected = Buffer.from(hash, 'base64url');
  const derived = await derive(given, salt, { log2N: Number(log2N), r: Number(r), p: Number(p) });
  return derived.length === expected.length && timingSafeEqual(derived, expected);
}

/**
 * What is kept once a caller has said something of the password: null takes it off, and one that is the same stays
 * hashed as it is, so that nothing has changed.
 */
export async function nextPasswordHash(
  password: string | null | undefined,
  kept: string | undefined,
  salt: string,
): Promise<string | null | undefined> {
  if (typeof password !== 'string') return password;
  if (kept !== undefined && (await isPassword(password, kept))) return kept;
  return hashPassword(password, salt);
}

/** Keyboards compose letters differently, and people copy blanks along: neither makes another password (RFC 8265, section 4.2). */
function derive(password: string, salt: string, { log2N, r, p }: typeof cost): Promise<Buffer> {
  const text = password.normalize('NFC').trim();
  return new Promise((resolve, reject) => {
    scrypt(text, salt, hashBytes, { N: 2 ** log2N, r, p }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
