import type { Invitations, Me, Meeting, Participant } from '../../api/replies.ts';
import { isAdmin, maySchedule } from '../../app/consoleView.ts';

export interface ShownMeeting {
  readonly meeting: Meeting;
  readonly etag: string | undefined;
  /** What became of what was sent; for who manages it alone. */
  readonly invitations: Invitations | undefined;
}

type Viewer = Pick<Me, 'id' | 'capabilities'>;
type Managed = Pick<Meeting, 'organizerId' | 'cohostsManage' | 'participants'>;

export function isOrganizer({ organizerId }: Pick<Meeting, 'organizerId'>, userId: string): boolean {
  return organizerId === userId;
}

/** Whether somebody sees and changes a meeting as its organizer does. */
export function mayManage(meeting: Managed, me: Viewer): boolean {
  if (isAdmin(me)) return true;
  return maySchedule(me) && (isOrganizer(meeting, me.id) || (meeting.cohostsManage && isCohost(meeting, me.id)));
}

/** Whoever manages a meeting is shown who its participants are as users; the others are not. */
function isCohost({ participants }: Pick<Meeting, 'participants'>, userId: string): boolean {
  return participants.some((person) => person.userId === userId && person.role === 'cohost');
}

/**
 * Whether somebody may start a meeting as its host: the organizer, and co-hosts. A participant is shown nobody's user, and
 * knows themselves by their answer; who has given none is one of several, of whom some may be co-hosts: then the API knows.
 */
export function mayStart(meeting: Managed, me: Viewer): 'yes' | 'perhaps' | 'no' {
  if (isOrganizer(meeting, me.id)) return maySchedule(me) ? 'yes' : 'no';
  if (mayManage(meeting, me)) return isCohost(meeting, me.id) ? 'yes' : 'no';
  const candidates = ownCandidates(meeting);
  const cohosts = candidates.filter(({ role }) => role === 'cohost');
  if (cohosts.length === 0) return 'no';
  return cohosts.length === candidates.length ? 'yes' : 'perhaps';
}

/** Of a participant's view those entries that can be their own: of the others' answers it has the standing at most. */
function ownCandidates({ participants }: Pick<Meeting, 'participants'>): readonly Participant[] {
  const given = participants.filter(({ answer }) => answer?.when !== undefined || answer?.earlier !== undefined);
  if (given.length > 0) return given;
  return participants.filter(({ answer }) => answer?.status === 'needsAction');
}
