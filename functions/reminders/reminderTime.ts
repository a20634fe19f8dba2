import type { Meeting } from '../meetings/meeting.ts';

/**
 * What a meeting's reminder wants now: a schedule at a moment to come; to be sent at once, where that
 * moment has passed but the meeting has not begun; or nothing.
 */
export type Reminder = { readonly at: Date } | 'now' | 'none';

/** `remindBeforeMinutes` is undefined where the operator wants no reminders. */
export function reminderOf(meeting: Meeting, remindBeforeMinutes: number | undefined, now: Date): Reminder {
  if (remindBeforeMinutes === undefined || !mayBeReminded(meeting, now)) return 'none';
  const at = new Date(meeting.validSince.getTime() - remindBeforeMinutes * 60_000);
  return at > now ? { at } : 'now';
}

/** Nobody is reminded of a meeting that is cancelled or has begun. */
export function mayBeReminded(meeting: Meeting, now: Date): boolean {
  return meeting.status === 'scheduled' && now < meeting.validSince;
}
