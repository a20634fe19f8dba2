import { inParallel } from '../runtime/inParallel.ts';
import { addressKey } from '../users/userRows.ts';
import type { ListingEntry } from './listings/foundListing.ts';
import { listingPartition } from './listings/listing.ts';
import type { ListingStore } from './listings/listingStore.ts';
import type { MeetingStore } from './meetingStore.ts';
import type { VerifiedPerson } from './presentMeeting.ts';
import { withoutUser } from './withoutUser.ts';

const meetingsAtOnce = 5;

/** Of changes of one meeting that meet, one wins each time. */
const attempts = 10;

export interface LeavingServices {
  readonly listings: ListingStore;
  readonly meetings: MeetingStore;
  readonly clock: () => Date;
  /** Is told of a meeting that could not be left. */
  readonly onFailure: (meetingId: string, error: unknown) => void;
}

/** Where the meetings of a person are listed: under their id, and under each address that was invited. */
export function partitionsOf({ id, email, phone }: VerifiedPerson): string[] {
  const addresses = [email, phone].filter((address) => address !== undefined);
  return [...(id === undefined ? [] : [listingPartition(id)]), ...addresses.map((address) => addressKey(address).pk)];
}

/**
 * Takes a person out of every meeting that they are listed for or that their addresses were invited to, taken off
 * meanwhile or not, and out of those lists; what is their own is cancelled. They are told nothing.
 *
 * @returns whether nothing is left; a meeting that failed keeps its entry, so that the same call goes on there
 */
export async function leaveMeetings(person: VerifiedPerson, services: LeavingServices): Promise<boolean> {
  let isDone = true;
  for (const partition of partitionsOf(person)) isDone = (await leaveListed(partition, person, services)) && isDone;
  return isDone;
}

async function leaveListed(partition: string, person: VerifiedPerson, services: LeavingServices): Promise<boolean> {
  const { listings } = services;
  let isDone = true;
  for await (const entries of listings.pages(partition)) {
    const left = await inParallel(entries, meetingsAtOnce, (entry) => leaveMeeting(entry, person, services));
    await listings.removeFrom(
      partition,
      entries.filter((_, index) => left[index]),
    );
    isDone &&= left.every(Boolean);
  }
  return isDone;
}

async function leaveMeeting(
  { meetingId }: ListingEntry,
  person: VerifiedPerson,
  { meetings, clock, onFailure }: LeavingServices,
): Promise<boolean> {
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const meeting = await meetings.get(meetingId);
      const next = meeting && withoutUser(meeting, person, clock());
      if (!meeting || !next || next === meeting || (await meetings.change(meeting, next))) return true;
    }
    throw new Error('The meeting is being changed over and over');
  } catch (error) {
    onFailure(meetingId, error);
    return false;
  }
}
