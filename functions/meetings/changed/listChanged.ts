import { inParallel } from '../../runtime/inParallel.ts';
import type { UnreadableRow } from '../../runtime/refusals/unreadableRow.ts';
import type { Caller } from '../../users/caller.ts';
import type { ListingRole } from '../listings/listing.ts';
import { readOrFault } from '../listings/readOrFault.ts';
import type { Meeting } from '../meeting.ts';
import type { MeetingStore } from '../meetingStore.ts';
import { takesPart } from '../presentMeeting.ts';
import { type ChangedQuery, changedCursor } from './changedQuery.ts';
import type { ChangedStore } from './changedStore.ts';

/** A change is written by a clock that may be behind, and a while after that was read: what comes so late is asked for again. */
const behindMilliseconds = 2 * 60_000;

const readsAtOnce = 10;

export interface ChangedMeetings {
  readonly listed: readonly { readonly meeting: Meeting; readonly role: ListingRole }[];
  /** Of meetings that are the caller's no more, or no more at all. */
  readonly left: readonly string[];
  readonly unreadable: ReadonlyMap<string, UnreadableRow>;
  /** Where the next page begins; undefined on the last one, which says what to ask for next time. */
  readonly cursor: string | undefined;
  readonly updatedSince: Date | undefined;
}

interface ChangedStores {
  readonly changed: Pick<ChangedStore, 'read'>;
  readonly meetings: Pick<MeetingStore, 'get'>;
}

/** A page of the meetings that have changed for a caller, each as it is now, once a page. */
export async function listChanged(
  query: ChangedQuery,
  caller: Caller,
  { changed, meetings }: ChangedStores,
): Promise<ChangedMeetings> {
  const { meetingIds, place } = await changed.read(caller.id, query.after, query.limit);
  const listed: { meeting: Meeting; role: ListingRole }[] = [];
  const left: string[] = [];
  const unreadable = new Map<string, UnreadableRow>();
  const found = await inParallel([...new Set(meetingIds)], readsAtOnce, async (id) => {
    return { id, ...(await readOrFault(id, meetings)) };
  });
  for (const { id, meeting, fault } of found) {
    const role = meeting && roleOf(meeting, caller);
    if (fault) unreadable.set(id, fault);
    else if (meeting && role) listed.push({ meeting, role });
    else left.push(id);
  }
  const end =
    place === undefined
      ? { cursor: undefined, updatedSince: new Date(query.askedAt.getTime() - behindMilliseconds) }
      : { cursor: changedCursor(place, query, caller.id), updatedSince: undefined };
  return { listed, left, unreadable, ...end };
}

function roleOf(meeting: Meeting, caller: Caller): ListingRole | undefined {
  if (meeting.organizerId === caller.id) return 'organizer';
  return takesPart(meeting, caller) ? 'participant' : undefined;
}
