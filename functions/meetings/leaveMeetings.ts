import { inParallel } from '../runtime/inParallel.ts';
import { addressKey } from '../users/userRows.ts';
import type { ListingEntry } from './listings/foundListing.ts';
import { listingPartition } from './listings/listing.ts';
import type { ListingStore } from './listings/listingStore.ts';
import type { Meeting } from './meeting.ts';
import type { MeetingStore } from './meetingStore.ts';
import { isPerson, type VerifiedPerson } from './presentMeeting.ts';
import { withoutUser } from './withoutUser.ts';

const meetingsAtOnce = 5;

/** Of changes of one meeting that meet, one wins each time. */
const attempts = 10;

export interface LeavingServices {
  readonly listings: ListingStore;
  readonly meetings: MeetingStore;
  /** Erases that people of these ids were in the room of a meeting: participants' ids, and users'. */
  readonly forgetVisits: (meetingId: string, ids: readonly string[]) => Promise<void>;
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
  { meetings, forgetVisits, clock, onFailure }: LeavingServices,
): Promise<boolean> {
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const meeting = await meetings.get(meetingId);
      const next = meeting && withoutUser(meeting, person, clock());
      // First, while the meeting still tells who they are in it.
      if (meeting) await forgetVisits(meetingId, idsOf(meeting, person));
      if (!meeting || !next || next === meeting || (await meetings.change(meeting, next))) return true;
    }
    throw new Error('The meeting is being changed over and over');
  } catch (error) {
    onFailure(meetingId, error);
    return false;
  }
}

/** What a person is known by in a meeting: the ids of their entries, and their own. */
function idsOf({ participants, removed }: Meeting, person: VerifiedPerson): string[] {
  const entries = [...participants, ...removed].filter((entry) => isPerson(entry, person)).map(({ id }) => id);
  return person.id === undefined ? entries : [...entries, person.id];
}
