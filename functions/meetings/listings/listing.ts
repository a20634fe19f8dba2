import * as z from 'zod/mini';
import type { Key, Row } from '../../runtime/table.ts';
import { addressKey } from '../../users/userRows.ts';
import { isPasswordProtected, listedFieldsSchema, type Meeting, type NamedPerson } from '../meeting.ts';
import type { MeetingImage } from '../meetingImage.ts';

export const listingRoles = ['organizer', 'participant'] as const;
export type ListingRole = (typeof listingRoles)[number];

const namedPersonSchema = z.looseObject({
  userId: z.optional(z.string()),
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
});

/** A user's entry for a meeting, with all that a list shows of it; `expiresAt` in epoch seconds. */
export const listingSchema = z.extend(listedFieldsSchema, {
  sk: z.string(),
  meetingId: z.string(),
  /** One that this release does not know counts as the least. */
  role: z.catch(z.enum(listingRoles), 'participant'),
  /** How the meeting names those for whom the entry is; an organizer's names nobody. */
  named: z.array(namedPersonSchema),
  participantCount: z.number(),
  isPasswordProtected: z._default(z.boolean(), false),
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

/** For whom an entry is: its organizer, or a user whom the meeting names so. */
export type ListedPerson =
  | { readonly userId: string; readonly role: 'organizer' }
  | { readonly userId: string; readonly role: 'participant'; readonly named: readonly NamedPerson[] };

/** That a user organizes or attends a meeting. `expiresAt` is the meeting's own, in epoch seconds. */
export function listingRow(meeting: Meeting, person: ListedPerson, expiresAt: number): ListingRow {
  const key = listingKey(meeting, person.userId);
  const named = person.role === 'organizer' ? [] : person.named;
  return { ...key, ...contentOf(meeting), role: person.role, named: named.map(nameOf), expiresAt };
}

/** An entry as it is written. */
export type ListingRow = Row & Key & { readonly revision: number };

/**
 * The entries for a meeting that need no look-up: of those who are named as users, and of addresses, by
 * which whoever verifies one finds the meeting. `expiresAt` as `listingRow`.
 */
export function invitedRows(meeting: Meeting, expiresAt: number): ListingRow[] {
  const content = { ...contentOf(meeting), sk: sortKeyOf(meeting), role: 'participant', expiresAt };
  return [...invitedPartitions(meeting, meeting.organizerId)].map(([pk, named]) => {
    return { pk, ...content, named: named.map(nameOf) };
  });
}

/** The keys of those entries. */
export function invitedKeys(meeting: MeetingImage, organizerId: string): Key[] {
  return [...invitedPartitions(meeting, organizerId).keys()].map((pk) => ({ pk, sk: sortKeyOf(meeting) }));
}

/** Those whom the meeting names, by where their entries are. */
function invitedPartitions(
  { participants }: { readonly participants: readonly NamedPerson[] },
  organizerId: string,
): Map<string, NamedPerson[]> {
  const partitions = new Map<string, NamedPerson[]>();
  for (const person of participants)
    for (const pk of [...userPartition(person, organizerId), ...addressPartitions(person)])
      partitions.set(pk, [...(partitions.get(pk) ?? []), person]);
  return partitions;
}

function userPartition({ userId }: NamedPerson, organizerId: string): string[] {
  return userId === undefined || userId === organizerId ? [] : [listingPartition(userId)];
}

function addressPartitions({ email, phone }: NamedPerson): string[] {
  return [email, phone].flatMap((address) => (address === undefined ? [] : [addressKey(address).pk]));
}

/** The keys of a person's entries under the addresses that a meeting names them by. */
export function addressEntryKeys(meeting: Listed, person: NamedPerson): Key[] {
  return addressPartitions(person).map((pk) => ({ pk, sk: sortKeyOf(meeting) }));
}

/** What every entry says of its meeting, as rows hold it. */
function contentOf(meeting: Meeting) {
  const { id, key, pin, linkName, organizerId, name, description, language, timeZone, status } = meeting;
  const { sendInvitations, lobby, showAnswers, cohostsManage, revision, sequence, participants } = meeting;
  return {
    ...{ meetingId: id, key, pin, linkName, organizerId, name, description, language, timeZone, status },
    ...{
      sendInvitations,
      lobby,
      showAnswers,
      cohostsManage,
      revision,
      sequence,
      participantCount: participants.length,
    },
    isPasswordProtected: isPasswordProtected(meeting),
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    created: meeting.created.toISOString(),
    updated: meeting.updated.toISOString(),
  };
}

function nameOf({ userId, email, phone }: NamedPerson): NamedPerson {
  return { userId, email, phone };
}

function sortKeyOf({ id, validSince }: Listed): string {
  return `${listingPrefix}${validSince.toISOString()}#${id}`;
}
