import { sha256 } from '../runtime/digest.ts';

/** 96 bits. */
const fingerprintLength = 16;

/** What somebody is known again by within one room, and nowhere else. */
export function fingerprint(roomId: string, trait: string): string {
  return sha256(`${roomId} ${trait}`).slice(0, fingerprintLength);
}
