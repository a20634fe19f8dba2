import { createHash } from 'node:crypto';

/** 96 bits. */
const markLength = 16;

/** What somebody is known again by within one room, and nowhere else. */
export function markOf(roomId: string, trait: string): string {
  return createHash('sha256').update(`${roomId} ${trait}`).digest('base64url').slice(0, markLength);
}
