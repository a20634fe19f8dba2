import type { Listing } from '../meetings/listings/listing.ts';
import type { ListingRange, ListingStore } from '../meetings/listings/listingStore.ts';
import { listingPlaceOf } from '../meetings/listings/listQuery.ts';
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
export async function findCurrentMeeting(organizerId: string, stores: Stores, now: Date): Promise<Meeting | undefined> {
  const from = new Date(now.getTime() - longestMilliseconds);
  let begun: Meeting | undefined;
  for await (const meeting of meetingsInRange(organizerId, { from, until: now }, stores, now)) begun = meeting;
  if (begun) return begun;
  for await (const meeting of meetingsInRange(organizerId, { from: now }, stores, now)) return meeting;
  return undefined;
}

/** Their meetings within a range that are neither cancelled nor over, and have no link of their own, by their start. */
async function* meetingsInRange(
  organizerId: string,
  range: ListingRange,
  { listings, meetings }: Stores,
  now: Date,
): AsyncGenerator<Meeting> {
  let after: string | undefined;
  do {
    const { entries, more } = await listings.read(organizerId, { ...range, after }, entriesPerRead);
    const own = entries.filter(({ role }) => role === 'organizer');
    const { meetings: found } = await meetings.getAll(own.map(({ meetingId }) => meetingId));
    for (const entry of own) {
      const meeting = found.get(entry.meetingId);
      if (meeting?.linkName !== undefined && isAt(entry, meeting) && !isOver(meeting, now)) yield meeting;
    }
    const last = entries.at(-1);
    after = more && last ? listingPlaceOf(last) : undefined;
  } while (after !== undefined);
}

/** An entry may outlive a meeting that was moved. */
function isAt({ sk }: Listing, { validSince }: Meeting): boolean {
  return sk.includes(validSince.toISOString());
}
