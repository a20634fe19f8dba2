import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds } from '../runtime/row.ts';
import { getRow, type Table } from '../runtime/table.ts';
import { hostTokenKey } from './hostTokenRow.ts';

const hostTokenRow = z.object({
  meetingId: z.string(),
  /** Whom it was given to. */
  userId: z.optional(z.string()),
  expiresAt: z.number(),
  /** The connection that it has made a host's: it makes no other one so. */
  usedBy: z.optional(z.string()),
});

/** Keeps the tokens that make their bearers hosts, one connection each: their hashes alone, until they expire. */
export function hostTokenStore(table: Table) {
  return {
    async keep(meetingId: string, token: string, userId: string, expires: Date): Promise<void> {
      const row = { ...hostTokenKey(token), meetingId, userId, expiresAt: epochSeconds(expires) };
      await table.documents.send(new PutCommand({ TableName: table.name, Item: row }));
    },

    /** Whom a token makes a host of this meeting, now; undefined where it does not. It is used as they are seated. */
    async hostOf(
      meetingId: string,
      token: string,
      connectionId: string,
      now: Date,
    ): Promise<{ readonly userId: string | undefined } | undefined> {
      const found = await getRow(table, hostTokenKey(token));
      const row = found && z.parse(hostTokenRow, found);
      if (row?.meetingId !== meetingId || (row.usedBy ?? connectionId) !== connectionId) return undefined;
      return row.expiresAt > epochSeconds(now) ? { userId: row.userId } : undefined;
    },
  };
}

export type HostTokenStore = ReturnType<typeof hostTokenStore>;
