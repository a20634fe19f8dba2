import { type Attendees, usersAmong } from '../../meetings/attendees.ts';
import { addressEntryKeys, invitedKeys, invitedRows, listingKey, listingRow } from '../../meetings/listings/listing.ts';
import { type FormerEntry, formerlyListed, listingChange } from '../../meetings/listings/listingChange.ts';
import type { ListingStore } from '../../meetings/listings/listingStore.ts';
import type { Meeting, NamedPerson } from '../../meetings/meeting.ts';
import type { MeetingImage } from '../../meetings/meetingImage.ts';
import { expiryOf, type MeetingStore } from '../../meetings/meetingStore.ts';
import type { RuntimeSettings } from '../../runtime/settings.ts';
import type { Directory } from '../../users/directoryStore.ts';

interface ListingServices {
  readonly listings: ListingStore;
  readonly users: Directory;
  readonly settings: RuntimeSettings;
}

/** A meeting that is followed, and what it was before each of the changes that are. */
interface Followed {
  readonly meeting: Meeting;
  readonly before: readonly MeetingImage[];
  readonly now: Date;
}

/**
 * Enters a meeting where whoever it names, as a user or by an address, finds it, and takes it from the addresses that
 * it names no more.
 */
export async function listInvited({ meeting, before, now }: Followed, services: ListingServices): Promise<void> {
  const { listings, settings } = services;
  const rows = invitedRows(meeting, expiryOf(meeting, settings.retentionDays));
  const former = before.flatMap((image) =>
    formerlyListed(image, meeting).participants.flatMap((person): FormerEntry[] =>
      addressEntryKeys(image, person).map((key) => ({ key, participantId: person.id })),
    ),
  );
  await listings.write(listingChange(meeting, { rows, keys: rows, former }, now));
}

/**
 * Enters a meeting in the lists of the users who attend it by an address of theirs, and takes it from those of users
 * who attend it no more; its organizer's entry is written with the meeting. To be called after `listInvited`: whoever
 * verifies an address, and is not seen here, finds then what has become of its entry.
 *
 * @returns the users for whom the meeting is, or was before, one of theirs
 */
export async function listAttendees(
  { meeting, before, now }: Followed,
  attendees: Attendees,
  { listings, users, settings }: ListingServices,
): Promise<ReadonlySet<string>> {
  const expiresAt = expiryOf(meeting, settings.retentionDays);
  const people = attending(meeting, attendees, meeting.organizerId);
  const listed = new Set(meeting.participants.map(({ userId }) => userId));
  const rows = [...people]
    .filter(([userId]) => !listed.has(userId))
    .map(([userId, named]) => listingRow(meeting, { userId, role: 'participant', named }, expiresAt));
  const former: FormerEntry[] = [];
  const concerned = new Set([meeting.organizerId, ...people.keys()]);
  for (const image of before) {
    const { participants } = formerlyListed(image, meeting);
    const known = await usersAmong(participants, users);
    for (const [userId, named] of attending({ participants }, known, meeting.organizerId)) {
      concerned.add(userId);
      former.push(...named.map(({ id }) => ({ key: listingKey(image, userId), participantId: id })));
    }
  }
  const keys = [...people.keys()].map((userId) => listingKey(meeting, userId));
  await listings.write(listingChange(meeting, { rows, keys, former }, now));
  return concerned;
}

/** Marks a meeting that cannot be read where it is listed: its entries may be of a release that could. */
export async function doubtListed(
  meetingId: string,
  { meetings, listings }: { readonly meetings: MeetingStore; readonly listings: ListingStore },
): Promise<void> {
  const place = await meetings.placeOfUnreadable(meetingId);
  if (place) await listings.doubt([listingKey(place, place.organizerId), ...invitedKeys(place, place.organizerId)]);
}

/** The users among participants, without the organizer, each with how they are named: as users, those too who were deleted. */
function attending<Person extends NamedPerson & { readonly id: string }>(
  { participants }: { readonly participants: readonly Person[] },
  users: Attendees,
  organizerId: string,
): Map<string, Person[]> {
  const people = new Map<string, Person[]>();
  for (const person of participants) {
    const userId = person.userId ?? users.get(person.id)?.id;
    if (userId === undefined || userId === organizerId) continue;
    people.set(userId, [...(people.get(userId) ?? []), person]);
  }
  return people;
}
