import { isOver, type Meeting } from './meeting.ts';
import { tellAll } from './patchMeeting.ts';

/** The meeting cancelled; the same object where it was before. Of one that has ended nobody is told. */
export function cancelMeeting(meeting: Meeting, now: Date): Meeting {
  if (meeting.status === 'cancelled') return meeting;
  const version = meeting.version + 1;
  const participants = isOver(meeting, now) ? meeting.participants : tellAll(meeting.participants, version);
  return { ...meeting, status: 'cancelled', participants, version, updated: now };
}
