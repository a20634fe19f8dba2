import type { Meeting } from '../meetings/meeting.ts';
import { type Event, meetingData } from './event.ts';

/** What a meeting's time brings. */
export type Moment = 'started' | 'ended';

/** The moments of a meeting that have come; none of one that is cancelled. */
export function momentsPassed(meeting: Pick<Meeting, 'status' | 'validSince' | 'validUntil'>, now: Date): Moment[] {
  if (meeting.status !== 'scheduled') return [];
  return (['started', 'ended'] as const).filter((moment) => timeOf(moment, meeting) <= now);
}

export function timeOf(moment: Moment, { validSince, validUntil }: Pick<Meeting, 'validSince' | 'validUntil'>): Date {
  return moment === 'started' ? validSince : validUntil;
}

/** That a meeting began or ended: once for each time that it is set to. */
export function momentEvent(moment: Moment, meeting: Meeting): Event {
  const time = timeOf(moment, meeting);
  return {
    id: `${meeting.id}-${moment}-${time.getTime()}`,
    type: `meeting.${moment}`,
    time,
    order: time,
    data: meetingData({ ...meeting, meetingId: meeting.id }),
  };
}

/** That the reminder of a meeting is due, whoever is reminded. @param minutes how long before its start */
export function reminderEvent(meeting: Meeting, due: Date, minutes: number): Event {
  return {
    id: `${meeting.id}-reminder-${meeting.validSince.getTime()}-${minutes}`,
    type: 'reminder.due',
    time: due,
    order: due,
    data: { ...meetingData({ ...meeting, meetingId: meeting.id }), before: minutes },
  };
}
