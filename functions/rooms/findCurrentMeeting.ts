import { listingPlaceOf } from '../meetings/listings/foundListing.ts';
import type { Listing } from '../meetings/listings/listing.ts';
import type { ListingRange, ListingStore } from '../meetings/listings/listingStore.ts';
import { isOver, longestMeetingDays, type Meeting } from '../meetings/meeting.ts';
import type { MeetingStore } from '../meetings/meetingStore.ts';

/** No meeting is longer. */
const longestMilliseconds = longestMeetingDays * 86_400_000;

const entriesPerRead = 50;

interface Stores {
  readonly listings: ListingStore;
  readonly meetings: MeetingStore;
}

/**
 * The meeting behind an organizer's alias: of those whose link ends in it the one that is on, the latest
 * begun of several; else the next, if there is any.
 */
export async function findCurrentMeeting(
  organizerId: string,
  { listings, meetings }: Stores,
  now: Date,
): Promise<Meeting | undefined> {
  const from = new Date(now.getTime() - longestMilliseconds);
  let current: Listing | undefined;
  for await (const listing of meetingsInRange(organizerId, { from, until: now }, listings, now)) current = listing;
  if (!current) {
    for await (const listing of meetingsInRange(organizerId, { from: now }, listings, now)) {
      current = listing;
      break;
    }
  }
  const meeting = current && (await meetings.get(current.meetingId));
  return meeting?.linkName === undefined ? undefined : meeting;
}

/**
 * Their meetings within a range that are neither cancelled nor over, and have no link of their own, by their start: an
 * organizer's entry is written with the meeting.
 */
async function* meetingsInRange(
  organizerId: string,
  range: ListingRange,
  listings: ListingStore,
  now: Date,
): AsyncGenerator<Listing> {
  let after: string | undefined;
  do {
    const { entries, more } = await listings.read(organizerId, { ...range, after }, entriesPerRead);
    for (const { listing } of entries)
      if (listing?.role === 'organizer' && listing.linkName !== undefined && !isOver(listing, now)) yield listing;
    const last = entries.at(-1);
    after = more && last ? listingPlaceOf(last) : undefined;
  } while (after !== undefined);
}
