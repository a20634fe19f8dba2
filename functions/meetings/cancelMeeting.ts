import { isOver, type Meeting } from './meeting.ts';
import { tellAll, tellOrganizer } from './patchMeeting.ts';

/** The meeting cancelled; the same object where it was before. Of one that has ended nobody is told. */
export function cancelMeeting(meeting: Meeting, now: Date): Meeting {
  if (meeting.status === 'cancelled') return meeting;
  const cancelled = { ...meeting, status: 'cancelled', revision: meeting.revision + 1, updated: now } as const;
  if (isOver(meeting, now)) return cancelled;
  const sequence = meeting.sequence + 1;
  const organizerEntry = tellOrganizer(meeting, sequence);
  return { ...cancelled, participants: tellAll(meeting.participants, sequence), organizerEntry, sequence };
}
