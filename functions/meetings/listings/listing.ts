import * as z from 'zod/mini';
import type { Key, Row } from '../../runtime/table.ts';
import { addressKey } from '../../users/userRows.ts';
import type { Meeting } from '../meeting.ts';
import type { MeetingImage } from '../meetingImage.ts';

export const listingRoles = ['organizer', 'participant'] as const;
export type ListingRole = (typeof listingRoles)[number];

/** A user's entry for a meeting, as it is kept; `expiresAt` in epoch seconds. */
export const listingSchema = z.looseObject({
  sk: z.string(),
  meetingId: z.string(),
  /** One that this release does not know counts as the least. */
  role: z.catch(z.enum(listingRoles), 'participant'),
  expiresAt: z.number(),
});

export type Listing = Readonly<z.output<typeof listingSchema>>;

export const listingPrefix = 'MEETING#';

type Listed = Pick<Meeting, 'id' | 'validSince'>;

/** The key of a user's entry for a meeting; entries sort by start, so that a listing is one query. */
export function listingKey(meeting: Listed, userId: string): Key {
  return { pk: listingPartition(userId), sk: sortKeyOf(meeting) };
}

/** Where the entries of a user are. */
export function listingPartition(userId: string): string {
  return `USER#${userId}`;
}

/** That a user organizes or attends a meeting. `expiresAt` is the meeting's own, in epoch seconds. */
export function listingRow(meeting: Meeting, userId: string, role: ListingRole, expiresAt: number): Row & Key {
  return { ...listingKey(meeting, userId), meetingId: meeting.id, role, expiresAt };
}

/**
 * The keys of the entries for a meeting that need no look-up: of those who are named as users, and of addresses, by
 * which whoever verifies one finds the meeting.
 */
export function invitedKeys(meeting: MeetingImage, organizerId: string): Key[] {
  const partitions = meeting.participants.flatMap(({ userId, email, phone }) => {
    const addresses = [email, phone].flatMap((address) => (address === undefined ? [] : [addressKey(address).pk]));
    return userId === undefined || userId === organizerId ? addresses : [listingPartition(userId), ...addresses];
  });
  return [...new Set(partitions)].map((pk) => ({ pk, sk: sortKeyOf(meeting) }));
}

/** The entries themselves, as `listingRow`. */
export function invitedRows(meeting: Meeting, expiresAt: number): (Row & Key)[] {
  const keys = invitedKeys(meeting, meeting.organizerId);
  return keys.map((key) => ({ ...key, meetingId: meeting.id, role: 'participant', expiresAt }));
}

function sortKeyOf({ id, validSince }: Listed): string {
  return `${listingPrefix}${validSince.toISOString()}#${id}`;
}

/** Those who take part no more, or whose entry lies at another start: whose former entries may be stale. */
export function formerlyListed(before: MeetingImage, { validSince, participants }: Meeting): MeetingImage {
  if (before.validSince.getTime() !== validSince.getTime()) return before;
  const staying = new Set(participants.map(({ id }) => id));
  return { ...before, participants: before.participants.filter(({ id }) => !staying.has(id)) };
}

/** Those of the `former` entries that no entry of now takes the place of, each once. */
export function staleListings(former: readonly Key[], now: readonly Key[]): Key[] {
  const kept = new Set(now.map(textOf));
  const stale = new Map(former.filter((key) => !kept.has(textOf(key))).map((key) => [textOf(key), key]));
  return [...stale.values()];
}

function textOf({ pk, sk }: Key): string {
  return `${pk} ${sk}`;
}
