import type { Row } from '../runtime/table.ts';
import type { Meeting } from './meeting.ts';

export type ListingRole = 'organizer' | 'participant';

/** The key of a user's entry for a meeting; entries sort by start, so that a listing is one query. */
export function listingKey(meeting: Pick<Meeting, 'id' | 'validSince'>, userId: string) {
  return { pk: `USER#${userId}`, sk: `MEETING#${meeting.validSince.toISOString()}#${meeting.id}` };
}

/** That a user organizes or attends a meeting. `expiresAt` is the meeting's own, in epoch seconds. */
export function listingRow(meeting: Meeting, userId: string, role: ListingRole, expiresAt: number): Row {
  return { ...listingKey(meeting, userId), meetingId: meeting.id, role, expiresAt };
}
