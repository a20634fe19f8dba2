import { createHash } from 'node:crypto';

/** The SHA-256 of a text, by default in base64url: a name of bounded length for what is too long, or too secret, to be one. */
export function sha256(text: string, encoding: 'base64url' | 'base64' | 'hex' = 'base64url'): string {
  return createHash('sha256').update(text).digest(encoding);
}
