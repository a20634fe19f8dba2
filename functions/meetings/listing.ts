import * as z from 'zod/mini';
import type { Row } from '../runtime/table.ts';
import type { Meeting } from './meeting.ts';

export const listingRoles = ['organizer', 'participant'] as const;
export type ListingRole = (typeof listingRoles)[number];

/** A user's entry for a meeting, as it is kept. */
export const listingSchema = z.object({ sk: z.string(), meetingId: z.string(), role: z.enum(listingRoles) });

export type Listing = Readonly<z.output<typeof listingSchema>>;

export const listingPrefix = 'MEETING#';

/** The key of a user's entry for a meeting; entries sort by start, so that a listing is one query. */
export function listingKey(meeting: Pick<Meeting, 'id' | 'validSince'>, userId: string) {
  return { pk: `USER#${userId}`, sk: `${listingPrefix}${meeting.validSince.toISOString()}#${meeting.id}` };
}

/** That a user organizes or attends a meeting. `expiresAt` is the meeting's own, in epoch seconds. */
export function listingRow(meeting: Meeting, userId: string, role: ListingRole, expiresAt: number): Row {
  return { ...listingKey(meeting, userId), meetingId: meeting.id, role, expiresAt };
}
