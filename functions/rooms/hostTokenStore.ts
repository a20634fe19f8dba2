import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds } from '../runtime/row.ts';
import { getRow, type Table } from '../runtime/table.ts';
import { hostTokenKey } from './hostTokenRow.ts';

const hostTokenRow = z.object({
  meetingId: z.string(),
  /** Whom it was given to. */
  userId: z.optional(z.string()),
  /** Whether they may be host as a co-host, and no longer than they are one. */
  asCohost: z.optional(z.boolean()),
  expiresAt: z.number(),
  /** The connection that it has made a host's: it makes no other one so. */
  usedBy: z.optional(z.string()),
});

/** Whom a token is given to. */
interface Bearer {
  readonly userId: string | undefined;
  readonly asCohost?: boolean | undefined;
}

/** Keeps the tokens that make their bearers hosts, one connection each: their hashes alone, until they expire. */
export function hostTokenStore(table: Table) {
  return {
    async keep(meetingId: string, token: string, bearer: Bearer, expires: Date): Promise<void> {
      const row = { ...hostTokenKey(token), meetingId, ...bearer, expiresAt: epochSeconds(expires) };
      await table.documents.send(new PutCommand({ TableName: table.name, Item: row }));
    },

    /** Whom a token makes a host of this meeting, now; undefined where it does not. It is used as they are seated. */
    async hostOf(
      meetingId: string,
      token: string,
      connectionId: string,
      now: Date,
    ): Promise<Partial<Bearer> | undefined> {
      const found = await getRow(table, hostTokenKey(token));
      const row = found && z.parse(hostTokenRow, found);
      if (row?.meetingId !== meetingId || (row.usedBy ?? connectionId) !== connectionId) return undefined;
      return row.expiresAt > epochSeconds(now) ? { userId: row.userId, asCohost: row.asCohost } : undefined;
    },
  };
}

export type HostTokenStore = ReturnType<typeof hostTokenStore>;
