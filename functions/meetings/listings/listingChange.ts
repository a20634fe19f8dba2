import { epochSeconds, secondsPerDay } from '../../runtime/row.ts';
import type { Key } from '../../runtime/table.ts';
import type { Meeting } from '../meeting.ts';
import type { MeetingImage } from '../meetingImage.ts';
import type { ListingRow } from './listing.ts';

/** What becomes of the entries of a meeting; each is written over none but one of an earlier revision. */
export interface ListingChange {
  /** The revision that it follows. */
  readonly revision: number;
  readonly rows: readonly ListingRow[];
  /** Of people of whom nothing is to stay. */
  readonly erased: readonly Key[];
}

/** The key of an entry that there may have been, and for whom. */
export interface FormerEntry {
  readonly key: Key;
  readonly participantId: string;
}

/**
 * The entries of a meeting as it is now, and what takes the place of those `former` ones that are not among
 * `keys`, which it has now: a mark that it is listed there no more, so that what an earlier revision says, late, does
 * not list it again. Whoever is neither on the meeting nor among those taken off was erased, and leaves no mark.
 */
export function listingChange(
  meeting: Meeting,
  { rows, keys, former }: { rows: readonly ListingRow[]; keys: readonly Key[]; former: readonly FormerEntry[] },
  now: Date,
): ListingChange {
  const kept = new Set(keys.map(textOf));
  const stale = Map.groupBy(former, ({ key }) => textOf(key));
  const known = new Set([...meeting.participants, ...meeting.removed].map(({ id }) => id));
  const marks: ListingRow[] = [];
  const erased: Key[] = [];
  for (const [text, entries] of stale) {
    const [first] = entries;
    if (!first || kept.has(text)) continue;
    if (entries.some(({ participantId }) => known.has(participantId))) marks.push(goneRow(first.key, meeting, now));
    else erased.push(first.key);
  }
  return { revision: meeting.revision, rows: [...rows, ...marks], erased };
}

/** Longer than a stream keeps a record, which is a day: no later can one list the meeting there again. */
const goneDays = 2;

/** In the place of an entry: since this revision the meeting is not listed there. */
function goneRow({ pk, sk }: Key, { id: meetingId, revision }: Meeting, now: Date): ListingRow {
  return { pk, sk, meetingId, revision, gone: true, expiresAt: epochSeconds(now) + goneDays * secondsPerDay };
}

/** Those who take part no more, or whose entry lies at another start: whose former entries may be stale. */
export function formerlyListed(before: MeetingImage, { validSince, participants }: Meeting): MeetingImage {
  if (before.validSince.getTime() !== validSince.getTime()) return before;
  const staying = new Set(participants.map(({ id }) => id));
  return { ...before, participants: before.participants.filter(({ id }) => !staying.has(id)) };
}

function textOf({ pk, sk }: Key): string {
  return `${pk} ${sk}`;
}
