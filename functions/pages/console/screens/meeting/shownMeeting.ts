import type { Invitations, Meeting } from '../../api/replies.ts';

export interface ShownMeeting {
  readonly meeting: Meeting;
  readonly etag: string | undefined;
  /** What became of what was sent; for who manages it alone. */
  readonly invitations: Invitations | undefined;
}

export function isManager({ organizerId }: Pick<Meeting, 'organizerId'>, userId: string): boolean {
  return organizerId === userId;
}
