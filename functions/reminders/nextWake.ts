import type { Moment } from '../events/clockEvents.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { ReminderDue } from './reminderDue.ts';
import { reminderOf } from './reminderTime.ts';

/** For what a meeting's one schedule wakes, where anybody wants it. */
export interface WantedWakes {
  /** Undefined where the operator wants no reminders. */
  readonly remindBeforeMinutes: number | undefined;
  readonly moments: readonly Moment[];
}

/** When the schedule of a meeting wakes next, and for what. */
export interface Wake {
  readonly at: Date;
  /** Undefined where it is for its reminder. */
  readonly moment: ReminderDue['moment'];
  /** Whether no other follows it. */
  readonly isLast: boolean;
}

/** The next moment that a meeting's schedule is to wake for; undefined where there is none. */
export function nextWake(meeting: Meeting, { remindBeforeMinutes, moments }: WantedWakes, now: Date): Wake | undefined {
  if (meeting.status !== 'scheduled') return undefined;
  const reminder = reminderOf(meeting, remindBeforeMinutes, now);
  const wakes: Omit<Wake, 'isLast'>[] = [];
  if (typeof reminder === 'object') wakes.push({ at: reminder.at, moment: undefined });
  if (moments.includes('started')) wakes.push({ at: meeting.validSince, moment: 'started' });
  if (moments.includes('ended')) wakes.push({ at: meeting.validUntil, moment: 'ended' });
  const [next, ...others] = wakes.filter(({ at }) => at > now);
  return next && { ...next, isLast: others.length === 0 };
}
