import type { Meeting } from '../meetings/meeting.ts';

/** What the times of a meeting say of its room. */
export type Opening = 'open' | 'too-early' | 'ended' | 'cancelled';

export type Timed = Pick<Meeting, 'status' | 'validSince' | 'validUntil'>;

/** A meeting's room is open from `openBeforeMinutes` before its start until its end. */
export function openingOf(meeting: Timed, openBeforeMinutes: number, now: Date): Opening {
  if (meeting.status === 'cancelled') return 'cancelled';
  if (meeting.validUntil <= now) return 'ended';
  return opensAt(meeting, openBeforeMinutes) <= now ? 'open' : 'too-early';
}

export function opensAt({ validSince }: Pick<Meeting, 'validSince'>, openBeforeMinutes: number): Date {
  return new Date(validSince.getTime() - openBeforeMinutes * 60_000);
}
