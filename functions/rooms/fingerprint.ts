import type { Meeting } from '../meetings/meeting.ts';
import { sha256 } from '../runtime/digest.ts';

/** 96 bits. */
const fingerprintLength = 16;

/** What a meeting's link is known again by: rooms keep it in the place of the key. */
export function linkFingerprint({ id, key }: Pick<Meeting, 'id' | 'key'>): string {
  return fingerprint(id, key);
}

/** What somebody is known again by within one room, and nowhere else. */
export function fingerprint(roomId: string, trait: string): string {
  return sha256(`${roomId} ${trait}`).slice(0, fingerprintLength);
}
