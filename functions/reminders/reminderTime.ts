import { type Meeting, mayBeReminded } from '../meetings/meeting.ts';

/**
 * What a meeting's reminder wants now: a schedule at a moment to come; to be sent at once, where that
 * moment has passed but the meeting has not begun; or nothing.
 */
export type Reminder = { readonly at: Date } | 'now' | 'none';

/** `remindBeforeMinutes` is undefined where the operator wants no reminders. */
export function reminderOf(meeting: Meeting, remindBeforeMinutes: number | undefined, now: Date): Reminder {
  if (remindBeforeMinutes === undefined || !mayBeReminded(meeting, now)) return 'none';
  const at = dueTime(meeting, remindBeforeMinutes);
  return at > now ? { at } : 'now';
}

export function dueTime({ validSince }: Pick<Meeting, 'validSince'>, remindBeforeMinutes: number): Date {
  return new Date(validSince.getTime() - remindBeforeMinutes * 60_000);
}
