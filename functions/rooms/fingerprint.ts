import { createHash } from 'node:crypto';

/** 96 bits. */
const fingerprintLength = 16;

/** What somebody is known again by within one room, and nowhere else. */
export function fingerprint(roomId: string, trait: string): string {
  return createHash('sha256').update(`${roomId} ${trait}`).digest('base64url').slice(0, fingerprintLength);
}
