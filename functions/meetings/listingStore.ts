import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Table } from '../runtime/table.ts';
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

/** Reads which meetings a user organizes or attends. */
export function listingStore({ name, documents }: Table) {
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
