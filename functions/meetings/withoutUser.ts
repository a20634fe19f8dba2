import { cancelMeeting } from './cancelMeeting.ts';
import { isOver, type Meeting, type Participant } from './meeting.ts';
import { isPerson, type VerifiedPerson } from './presentMeeting.ts';

/**
 * The meeting after a user was deleted: nothing of them is left in it but their id where it was their own, or they changed
 * it; their own is cancelled if it has not ended, and until the cancellations are queued what calendars know them by. The
 * same object where it never had to do with them. Who is not in it any more is told nothing.
 */
export function withoutUser(meeting: Meeting, user: VerifiedPerson, now: Date): Meeting {
  const isOwn = meeting.organizerId === user.id;
  const isCancelled = isOwn && !isOver(meeting, now);
  const { status, sequence, participants, removed } = isCancelled ? cancelMeeting(meeting, now) : meeting;
  const organizer = isOwn ? markOrganizerLeaving(meeting, now) : meeting.organizer;
  const others = participants.filter((person) => !isPerson(person, user));
  const othersRemoved = removed.filter((person) => !isPerson(person, user));
  const gone = participants.length - others.length + removed.length - othersRemoved.length;
  if (!isCancelled && gone === 0 && organizer === meeting.organizer) return meeting;
  return {
    ...meeting,
    organizer,
    status,
    participants: others,
    removed: othersRemoved,
    revision: meeting.revision + 1,
    sequence,
    updated: now,
  };
}

/** The meeting without those people of it who were deleted when it was on its way. */
export function withoutDeleted(meeting: Meeting, deleted: ReadonlyMap<string, unknown>, now: Date): Meeting {
  const isThere = ({ id }: Participant) => !deleted.has(id);
  const { participants, removed, revision } = meeting;
  return {
    ...meeting,
    participants: participants.filter(isThere),
    removed: removed.filter(isThere),
    revision: revision + 1,
    updated: now,
  };
}

/** What is kept of an organizer who was deleted: nothing where nobody is told of the meeting any more. */
function markOrganizerLeaving({ organizer, validUntil }: Meeting, now: Date): Meeting['organizer'] {
  if (!organizer || validUntil <= now) return undefined;
  return organizer.leaving ? organizer : { ...organizer, leaving: true };
}
