import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Table, writeRows } from '../runtime/table.ts';
import { type Listing, listingPrefix, listingSchema } from './listing.ts';

/** A part of a user's entries, which sort by the start of their meetings. */
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
    /** The first entries of a range, at most `limit`, and whether there may be more. */
    async read(userId: string, range: ListingRange, limit: number): Promise<{ entries: Listing[]; more: boolean }> {
      const { first, last } = boundsOf(range);
      if (first > last) return { entries: [], more: false };
      const page = await documents.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: { ':pk': `USER#${userId}`, ':first': first, ':last': last },
          ConsistentRead: true,
          Limit: limit,
        }),
      );
      const entries = (page.Items ?? []).map((row) => z.parse(listingSchema, row));
      return { entries, more: page.LastEvaluatedKey !== undefined };
    },

    /** Takes entries out of a user's listing. */
    async remove(userId: string, entries: readonly Listing[]): Promise<void> {
      await writeRows(
        table,
        [],
        entries.map(({ sk }) => ({ pk: `USER#${userId}`, sk })),
      );
    },
  };
}

export type ListingStore = ReturnType<typeof listingStore>;

/** A key goes on behind its instant, so that `last`, which does not, leaves out whatever starts at that very instant. */
function boundsOf({ after, from, until }: ListingRange): { first: string; last: string } {
  const since = `${listingPrefix}${from?.toISOString() ?? ''}`;
  // A space sorts before whatever keys are made of: nothing lies between an entry and this.
  const behind = after === undefined ? since : `${listingPrefix}${after} `;
  return { first: behind > since ? behind : since, last: `${listingPrefix}${until?.toISOString() ?? '~'}` };
}
