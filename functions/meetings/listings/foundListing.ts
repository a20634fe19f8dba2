import * as z from 'zod/mini';
import { UnreadableRow } from '../../runtime/refusals/unreadableRow.ts';
import { parseRow } from '../../runtime/row.ts';
import type { Row } from '../../runtime/table.ts';
import { type Listing, listingPrefix, listingSchema } from './listing.ts';

/** What every entry says, also one that marks that its meeting is listed there no more. */
export const entrySchema = z.looseObject({
  sk: z.string(),
  meetingId: z.string(),
  /** Absent of an entry from before lists were read without the meetings. */
  revision: z._default(z.number(), 0),
  organizerId: z.optional(z.string()),
  /** Since its revision the meeting is not listed there. */
  gone: z.optional(z.boolean()),
});

export type ListingEntry = Readonly<z.output<typeof entrySchema>>;

/** The field of an entry that says so; whatever writes the entry anew leaves it out. */
export const doubted = 'doubted';

/** An entry as it was found: neither `listing` nor `fault` where its meeting is listed there no more. */
export interface FoundListing {
  readonly sk: string;
  readonly revision: number;
  readonly listing?: Listing;
  /** Whether the meeting itself could not be read when it was last written, which the entry may say nothing of. */
  readonly isDoubted?: boolean;
  readonly fault?: UnreadableRow;
}

/** Reads an entry; one that this release cannot read concerns itself alone. */
export function readListing(row: Row): FoundListing {
  const sk = String(row.sk);
  const revision = typeof row.revision === 'number' ? row.revision : 0;
  try {
    if (row.gone === true) return { sk, revision };
    const isDoubted = row[doubted] === true ? { isDoubted: true } : {};
    return { sk, revision, listing: parseRow(listingSchema, row), ...isDoubted };
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error;
    return { sk, revision, fault: error };
  }
}

function isMark({ listing, fault }: FoundListing): boolean {
  return !listing && !fault;
}

/** The id of the meeting that an entry is for, by its sort key. */
export function listedMeetingId({ sk }: Pick<FoundListing, 'sk'>): string {
  return sk.slice(sk.lastIndexOf('#') + 1);
}

/** The start and the id of a listed meeting, by which a list sorts. */
export function listingPlaceOf({ sk }: Pick<FoundListing, 'sk'>): string {
  return sk.slice(listingPrefix.length);
}

/**
 * Of entries found in several places each meeting at each start once, as its latest revision has it, in order. Of the
 * same revision the first counts, but no mark before an entry: what one is taken off as, one may attend by an address. A
 * doubt of one is a doubt of all.
 */
export function latestListings(places: readonly (readonly FoundListing[])[]): FoundListing[] {
  const latest = new Map<string, FoundListing>();
  for (const found of places.flat()) {
    const known = latest.get(found.sk);
    if (!known || known.revision < found.revision || (known.revision === found.revision && isMark(known)))
      latest.set(found.sk, found);
    else if (known.revision === found.revision && found.isDoubted) latest.set(found.sk, { ...known, isDoubted: true });
  }
  return [...latest.values()].sort((one, other) => (one.sk < other.sk ? -1 : 1));
}
