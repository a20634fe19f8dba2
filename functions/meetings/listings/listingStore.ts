import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { inParallel } from '../../runtime/inParallel.ts';
import { conditionHeld, type Key, type Row, type Table, writeRows } from '../../runtime/table.ts';
import { addressKey } from '../../users/userRows.ts';
import { type Listing, listingPartition, listingPrefix, listingSchema } from './listing.ts';

/** A part of such entries, which sort by the start of their meetings. */
export interface ListingRange {
  /** The key of an entry, without its prefix: only those behind it. */
  readonly after?: string | undefined;
  /** Starts at this instant or later. */
  readonly from?: Date | undefined;
  /** Starts before this instant. */
  readonly until?: Date | undefined;
}

/** The entries of users for the meetings that they organize or attend; most are written with, or after, a meeting. */
export function listingStore(table: Table) {
  const { name, documents } = table;
  return {
    /** The first entries of a range of a user's, at most `limit`, and whether there may be more. */
    read(userId: string, range: ListingRange, limit: number): Promise<ListingPage> {
      return this.readPartition(listingPartition(userId), range, limit);
    },

    /** The same of what the user is entered for, or an address of theirs was invited to, a meeting once: as their own entry. */
    async readAll(
      userId: string,
      addresses: readonly string[],
      range: ListingRange,
      limit: number,
    ): Promise<ListingPage> {
      const partitions = [listingPartition(userId), ...addresses.map((address) => addressKey(address).pk)];
      const pages = await Promise.all(partitions.map((pk) => this.readPartition(pk, range, limit)));
      const bySortKey = new Map(pages.toReversed().flatMap(({ entries }) => entries.map((entry) => [entry.sk, entry])));
      const entries = [...bySortKey.values()].sort((one, other) => (one.sk < other.sk ? -1 : 1));
      return { entries: entries.slice(0, limit), more: entries.length > limit || pages.some(({ more }) => more) };
    },

    /** The same of a user's or an address's partition. */
    async readPartition(pk: string, range: ListingRange, limit: number): Promise<ListingPage> {
      const { first, last } = boundsOf(range);
      if (first > last) return { entries: [], more: false };
      const page = await documents.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: { ':pk': pk, ':first': first, ':last': last },
          ConsistentRead: true,
          Limit: limit,
        }),
      );
      const entries = (page.Items ?? []).map((row) => z.parse(listingSchema, row));
      return { entries, more: page.LastEvaluatedKey !== undefined };
    },

    /** All entries of a user's or an address's partition, page by page; those of a page may be taken out meanwhile. */
    async *pages(pk: string): AsyncGenerator<Listing[]> {
      let after: string | undefined;
      for (let more = true; more; ) {
        const page = await this.readPartition(pk, { after }, entriesAtOnce);
        yield page.entries;
        more = page.more;
        after = page.entries.at(-1)?.sk.slice(listingPrefix.length);
      }
    },

    /** Enters a user for the meetings that an address of theirs was invited to, but for those that they are entered for. */
    async adopt(userId: string, address: string): Promise<void> {
      for await (const entries of this.pages(addressKey(address).pk))
        await inParallel(entries, writesAtOnce, (entry) => enter(table, userId, entry));
    },

    /** Writes entries, and takes others out. */
    async write(entries: readonly (Row & Key)[], gone: readonly Key[] = []): Promise<void> {
      await writeRows(table, entries, gone);
    },

    /** Takes entries out of a partition. */
    async removeFrom(pk: string, entries: readonly Listing[]): Promise<void> {
      await writeRows(
        table,
        [],
        entries.map(({ sk }) => ({ pk, sk })),
      );
    },
  };
}

interface ListingPage {
  readonly entries: Listing[];
  readonly more: boolean;
}

const entriesAtOnce = 100;
const writesAtOnce = 10;

/** What they have been entered for, as its organizer perhaps, stays as it is. */
async function enter({ name, documents }: Table, userId: string, entry: Listing): Promise<void> {
  const put = new PutCommand({
    TableName: name,
    Item: { ...entry, pk: listingPartition(userId) },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await conditionHeld(documents.send(put));
}

export type ListingStore = ReturnType<typeof listingStore>;

/** A key goes on behind its instant, so that `last`, which does not, leaves out whatever starts at that very instant. */
function boundsOf({ after, from, until }: ListingRange): { first: string; last: string } {
  const since = `${listingPrefix}${from?.toISOString() ?? ''}`;
  // A space sorts before whatever keys are made of: nothing lies between an entry and this.
  const behind = after === undefined ? since : `${listingPrefix}${after} `;
  return { first: behind > since ? behind : since, last: `${listingPrefix}${until?.toISOString() ?? '~'}` };
}
