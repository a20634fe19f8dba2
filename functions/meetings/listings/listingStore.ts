import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { inParallel } from '../../runtime/inParallel.ts';
import { conditionHeld, type Key, queryPage, type Row, type Table, writeRows } from '../../runtime/table.ts';
import { addressKey } from '../../users/userRows.ts';
import {
  doubted,
  entrySchema,
  type FoundListing,
  type ListingEntry,
  latestListings,
  readListing,
} from './foundListing.ts';
import { listingPartition, listingPrefix } from './listing.ts';
import type { ListingChange } from './listingChange.ts';
import { writeNewer } from './newerRowStore.ts';

/** A part of such entries, which sort by the start of their meetings. */
export interface ListingRange {
  /** The key of an entry, without its prefix: only those behind it. */
  readonly after?: string | undefined;
  /** Starts at this instant or later. */
  readonly from?: Date | undefined;
  /** Starts before this instant. */
  readonly until?: Date | undefined;
}

interface ListingPage {
  readonly entries: readonly FoundListing[];
  readonly more: boolean;
}

/** The entries of users for the meetings that they organize or attend; most are written with, or after, a meeting. */
export function listingStore(table: Table) {
  return {
    /** The first entries of a range of a user's, at most `limit`, and whether there may be more. */
    async read(userId: string, range: ListingRange, limit: number): Promise<ListingPage> {
      const { rows, more } = await readPartition(table, listingPartition(userId), range, limit);
      return { entries: rows.map(readListing), more };
    },

    /** The same of what the user is entered for, or an address of theirs was invited to, a meeting once: as their own entry. */
    async readAll(
      userId: string,
      addresses: readonly string[],
      range: ListingRange,
      limit: number,
    ): Promise<ListingPage> {
      const partitions = [listingPartition(userId), ...addresses.map((address) => addressKey(address).pk)];
      const pages = await Promise.all(partitions.map((pk) => readPartition(table, pk, range, limit)));
      const found = latestListings(pages.map(({ rows }) => rows.map(readListing)));
      const entries = found.filter(({ sk }) => pages.every((page) => !page.more || sk <= lastKeyOf(page)));
      return { entries: entries.slice(0, limit), more: found.length > limit || pages.some(({ more }) => more) };
    },

    /** All entries of a user's or an address's partition, page by page; those of a page may be taken out meanwhile. */
    async *pages(pk: string): AsyncGenerator<ListingEntry[]> {
      let after: string | undefined;
      for (let more = true; more; ) {
        const page = await readPartition(table, pk, { after }, entriesAtOnce);
        const entries = page.rows.map((row) => z.parse(entrySchema, row));
        yield entries;
        more = page.more;
        after = entries.at(-1)?.sk.slice(listingPrefix.length);
      }
    },

    /**
     * Enters a user for the meetings that an address of theirs was invited to; of what they organize they have an entry.
     *
     * @returns the meetings
     */
    async adopt(userId: string, address: string): Promise<string[]> {
      const meetingIds: string[] = [];
      for await (const entries of this.pages(addressKey(address).pk)) {
        const invited = entries.filter(({ gone, organizerId }) => !gone && organizerId !== userId);
        await inParallel(invited, writesAtOnce, ({ ...entry }) => {
          const row = { ...entry, pk: listingPartition(userId) };
          return writeNewer(table, { revision: entry.revision, rows: [row], erased: [] });
        });
        meetingIds.push(...invited.map(({ meetingId }) => meetingId));
      }
      return meetingIds;
    },

    /** Brings entries in line with a revision of their meeting, but for those that are so with a later one. */
    async write(change: ListingChange): Promise<void> {
      await writeNewer(table, change);
    },

    /** Keeps of entries that are there that their meeting cannot be read: until they are written anew, lists look at it. */
    async doubt(keys: readonly Key[]): Promise<void> {
      await inParallel(keys, writesAtOnce, async (key) => {
        const update = new UpdateCommand({
          TableName: table.name,
          Key: { ...key },
          UpdateExpression: 'SET #doubted = :true',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(gone)',
          ExpressionAttributeNames: { '#doubted': doubted },
          ExpressionAttributeValues: { ':true': true },
        });
        await conditionHeld(table.documents.send(update));
      });
    },

    /** Takes entries out of a partition. */
    async removeFrom(pk: string, entries: readonly Pick<ListingEntry, 'sk'>[]): Promise<void> {
      const keys: Key[] = entries.map(({ sk }) => ({ pk, sk }));
      await writeRows(table, [], keys);
    },
  };
}

const entriesAtOnce = 100;
const writesAtOnce = 10;

export type ListingStore = ReturnType<typeof listingStore>;

/** Behind it there may be entries of the same partition that have not been read. */
function lastKeyOf({ rows }: { readonly rows: readonly Row[] }): string {
  return String(rows.at(-1)?.sk ?? '');
}

async function readPartition(
  table: Table,
  pk: string,
  range: ListingRange,
  limit: number,
): Promise<{ rows: Row[]; more: boolean }> {
  const { first, last } = boundsOf(range);
  return first > last ? { rows: [], more: false } : queryPage(table, pk, { first, last }, limit);
}

/** A key goes on behind its instant, so that `last`, which does not, leaves out whatever starts at that very instant. */
function boundsOf({ after, from, until }: ListingRange): { first: string; last: string } {
  const since = `${listingPrefix}${from?.toISOString() ?? ''}`;
  // A space sorts before whatever keys are made of: nothing lies between an entry and this.
  const behind = after === undefined ? since : `${listingPrefix}${after} `;
  return { first: behind > since ? behind : since, last: `${listingPrefix}${until?.toISOString() ?? '~'}` };
}
