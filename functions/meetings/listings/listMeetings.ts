import type { UnreadableRow } from '../../runtime/refusals/unreadableRow.ts';
import type { Caller } from '../../users/caller.ts';
import type { Meeting } from '../meeting.ts';
import type { MeetingStore } from '../meetingStore.ts';
import { statusOf, takesPart } from '../presentMeeting.ts';
import { type Listing, type ListingRole, listingKey } from './listing.ts';
import type { ListingStore } from './listingStore.ts';
import { type ListQuery, listingPlaceOf, meetingCursor } from './listQuery.ts';

/** Entries that a query reads at least, for some of them may be left out, and the most queries for one page. */
const leastRead = 25;
const mostReads = 8;

interface Stores {
  readonly listings: ListingStore;
  readonly meetings: MeetingStore;
}

export interface Listed {
  readonly meeting: Meeting;
  readonly role: ListingRole;
}

export interface ListPage {
  readonly listed: readonly Listed[];
  /** Of meetings that belong among them and that this release cannot read, by id. */
  readonly unreadable: ReadonlyMap<string, UnreadableRow>;
  /** Where the next page begins; undefined on the last one. */
  readonly cursor: string | undefined;
}

/**
 * One page of the meetings that a caller organizes or attends, by their start. A page that is not
 * full still has a `cursor` where there may be more.
 */
export async function listMeetings(query: ListQuery, caller: Caller, stores: Stores, now: Date): Promise<ListPage> {
  const listed: Listed[] = [];
  const unreadable = new Map<string, UnreadableRow>();
  let last: Listing | undefined;
  let after = query.after;
  // An address that they have just verified leads to what it was invited to before the stream has entered them.
  const addresses = [caller.email, caller.phone].filter((address) => address !== undefined);
  for (let read = 1; read <= mostReads; read += 1) {
    const range = { after, from: query.from, until: query.until };
    const { entries, more } = await stores.listings.readAll(
      caller.id,
      addresses,
      range,
      Math.max(query.limit, leastRead),
    );
    const wanted = entries.filter(({ role }) => query.role === undefined || role === query.role);
    const found = await stores.meetings.getAll(wanted.map(({ meetingId }) => meetingId));
    for (const entry of entries) {
      if (listed.length === query.limit) return { listed, unreadable, cursor: last && meetingCursor(last, caller.id) };
      const meeting = wanted.includes(entry) ? found.meetings.get(entry.meetingId) : undefined;
      const fault = found.unreadable.get(entry.meetingId);
      if (fault) unreadable.set(entry.meetingId, fault);
      if (meeting && holds(entry, meeting, caller) && isWanted(meeting, query, now)) {
        listed.push({ meeting, role: entry.role });
      }
      last = entry;
    }
    if (!more) return { listed, unreadable, cursor: undefined };
    after = last && listingPlaceOf(last);
  }
  return { listed, unreadable, cursor: last && meetingCursor(last, caller.id) };
}

function isWanted(meeting: Meeting, { status }: ListQuery, now: Date): boolean {
  return status === undefined || statusOf(meeting, now) === status;
}

/** An entry outlives a meeting that was moved, or that its user no longer attends, until the stream has been followed. */
function holds(entry: Listing, meeting: Meeting, caller: Caller): boolean {
  if (listingKey(meeting, caller.id).sk !== entry.sk) return false;
  if (entry.role === 'organizer') return meeting.organizerId === caller.id;
  return meeting.organizerId !== caller.id && takesPart(meeting, caller);
}
