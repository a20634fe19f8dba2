import { type Attendees, usersAmong } from '../../meetings/attendees.ts';
import {
  formerlyListed,
  invitedKeys,
  invitedRows,
  listingKey,
  listingRow,
  staleListings,
} from '../../meetings/listings/listing.ts';
import type { ListingStore } from '../../meetings/listings/listingStore.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import type { MeetingImage } from '../../meetings/meetingImage.ts';
import { expiryOf } from '../../meetings/meetingStore.ts';
import type { RuntimeSettings } from '../../runtime/settings.ts';
import type { Key } from '../../runtime/table.ts';
import type { Directory } from '../../users/directoryStore.ts';

interface ListingServices {
  readonly listings: ListingStore;
  readonly users: Directory;
  readonly settings: RuntimeSettings;
}

/** Enters a meeting where whoever it names, as a user or by an address, finds it. */
export async function listInvited(meeting: Meeting, { listings, settings }: ListingServices): Promise<void> {
  await listings.write(invitedRows(meeting, expiryOf(meeting, settings.retentionDays)));
}

/**
 * Enters a meeting in the lists of the users who attend it, and takes out what was entered before and
 * is so no more; its organizer's entry is written with the meeting.
 */
export async function listAttendees(
  meeting: Meeting,
  attendees: Attendees,
  before: readonly MeetingImage[],
  { listings, users, settings }: ListingServices,
): Promise<void> {
  const expiresAt = expiryOf(meeting, settings.retentionDays);
  const rows = attending(meeting, attendees, meeting.organizerId).map((userId) =>
    listingRow(meeting, userId, 'participant', expiresAt),
  );
  const former: Key[] = [];
  for (const image of before) {
    const { participants } = formerlyListed(image, meeting);
    const known = await usersAmong(participants, users);
    const userIds = attending({ participants }, known, meeting.organizerId);
    former.push(...userIds.map((userId) => listingKey(image, userId)), ...invitedKeys(image, meeting.organizerId));
  }
  await listings.write(rows, staleListings(former, [...rows, ...invitedKeys(meeting, meeting.organizerId)]));
}

/** The users among participants, each once, without the organizer. */
function attending(
  { participants }: { readonly participants: readonly { readonly id: string }[] },
  users: Attendees,
  organizerId: string,
): string[] {
  const ids = new Set(participants.flatMap(({ id }) => users.get(id)?.id ?? []));
  ids.delete(organizerId);
  return [...ids];
}
