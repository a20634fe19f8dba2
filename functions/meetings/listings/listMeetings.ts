import type { UnreadableRow } from '../../runtime/refusals/unreadableRow.ts';
import { epochSeconds } from '../../runtime/row.ts';
import type { Caller } from '../../users/caller.ts';
import type { MeetingStore } from '../meetingStore.ts';
import { isPerson, statusOf } from '../presentMeeting.ts';
import { type FoundListing, listedMeetingId, listingPlaceOf } from './foundListing.ts';
import type { Listing } from './listing.ts';
import type { ListingStore } from './listingStore.ts';
import { type ListQuery, meetingCursor } from './listQuery.ts';
import { readOrFault } from './readOrFault.ts';

/** Entries that a query reads at least where some of them may be left out, and the most queries for one page. */
const leastRead = 25;
const mostReads = 8;

export interface ListPage {
  readonly listed: readonly Listing[];
  /** Of meetings that belong among them and that this release cannot read, by id. */
  readonly unreadable: ReadonlyMap<string, UnreadableRow>;
  /** Where the next page begins; undefined on the last one. */
  readonly cursor: string | undefined;
}

interface ListStores {
  readonly listings: Pick<ListingStore, 'readAll'>;
  readonly meetings: Pick<MeetingStore, 'get'>;
}

/**
 * One page of the meetings that a caller organizes or attends, by their start, from its entries alone, but for a meeting
 * that is in doubt. A page that is not full still has a `cursor` where there may be more.
 */
export async function listMeetings(
  query: ListQuery,
  caller: Caller,
  { listings, meetings }: ListStores,
  now: Date,
): Promise<ListPage> {
  const page = newPage();
  let last: FoundListing | undefined;
  let after = query.after;
  // An address that they have just verified leads to what it was invited to before the stream has entered them.
  const addresses = [caller.email, caller.phone].filter((address) => address !== undefined);
  for (let read = 1; read <= mostReads; read += 1) {
    const range = { after, from: query.from, until: query.until };
    const { entries, more } = await listings.readAll(caller.id, addresses, range, entriesToRead(query));
    for (const entry of entries) {
      if (page.listed.length === query.limit) return { ...page, cursor: last && meetingCursor(last, caller.id) };
      const { listing, fault } = entry;
      if (fault) page.unreadable.set(listedMeetingId(entry), fault);
      if (listing && isFor(listing, caller) && isWanted(listing, query, now)) {
        const doubt = entry.isDoubted ? (await readOrFault(listing.meetingId, meetings)).fault : undefined;
        if (doubt) page.unreadable.set(listing.meetingId, doubt);
        else page.add(listing);
      }
      last = entry;
    }
    if (!more) return { ...page, cursor: undefined };
    after = last && listingPlaceOf(last);
  }
  return { ...page, cursor: last && meetingCursor(last, caller.id) };
}

/** One more than a page holds tells whether there is another. */
function entriesToRead({ limit, role, status }: ListQuery): number {
  const isFiltered = role !== undefined || status !== undefined;
  return Math.max(limit + 1, isFiltered ? leastRead : 0);
}

function newPage() {
  const listed: Listing[] = [];
  const unreadable = new Map<string, UnreadableRow>();
  return {
    listed,
    unreadable,
    /** A meeting that is being moved has an entry at each start for a moment: the later one counts. */
    add(listing: Listing): void {
      const index = listed.findIndex(({ meetingId }) => meetingId === listing.meetingId);
      const known = listed[index];
      if (known && known.revision >= listing.revision) return;
      if (known) listed.splice(index, 1);
      listed.push(listing);
    },
  };
}

/** DynamoDB takes out what has expired within days. */
function isWanted(listing: Listing, { role, status }: ListQuery, now: Date): boolean {
  if (listing.expiresAt <= epochSeconds(now)) return false;
  if (role !== undefined && listing.role !== role) return false;
  return status === undefined || statusOf(listing, now) === status;
}

/**
 * Whether the caller is whom an entry is for: whoever gave up the address that was invited no longer is, and an
 * organizer has an entry as such, which names nobody.
 */
function isFor({ role, organizerId, named }: Listing, caller: Caller): boolean {
  if (organizerId === caller.id) return role === 'organizer';
  return named.some((person) => isPerson(person, caller));
}
