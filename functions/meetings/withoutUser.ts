import { cancelMeeting } from './cancelMeeting.ts';
import { isOver, type Meeting } from './meeting.ts';
import { isPerson, type Person } from './presentMeeting.ts';

/**
 * The meeting after a user was deleted: nothing of him is left in it but his id where it was his own, which
 * is cancelled if it has not ended. The same object where it never had to do with him. Who is not in it any
 * more is told nothing.
 */
export function withoutUser(meeting: Meeting, user: Person, now: Date): Meeting {
  const isOwn = meeting.organizerId === user.id && !isOver(meeting, now);
  const { status, version, participants, removed } = isOwn ? cancelMeeting(meeting, now) : meeting;
  const others = participants.filter((person) => !isPerson(person, user));
  const othersRemoved = removed.filter((person) => !isPerson(person, user));
  const gone = participants.length - others.length + removed.length - othersRemoved.length;
  if (!isOwn && gone === 0) return meeting;
  return {
    ...meeting,
    status,
    participants: others,
    removed: othersRemoved,
    version: isOwn ? version : version + 1,
    updated: now,
  };
}
