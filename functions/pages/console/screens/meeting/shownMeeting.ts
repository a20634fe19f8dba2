import type { Invitations, Me, Meeting } from '../../api/replies.ts';
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
