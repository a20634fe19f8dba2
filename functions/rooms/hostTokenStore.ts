import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds } from '../runtime/row.ts';
import { getRow, type Table } from '../runtime/table.ts';
import { hostTokenKey } from './hostTokenRow.ts';

const hostTokenRow = z.object({
  meetingId: z.string(),
  expiresAt: z.number(),
  /** The connection that it has made a host's: it makes no other one so. */
  usedBy: z.optional(z.string()),
});

/** Keeps the tokens that make their bearers hosts, one connection each: their hashes alone, until they expire. */
export function hostTokenStore(table: Table) {
  return {
    async keep(meetingId: string, token: string, expires: Date): Promise<void> {
      const row = { ...hostTokenKey(token), meetingId, expiresAt: epochSeconds(expires) };
      await table.documents.send(new PutCommand({ TableName: table.name, Item: row }));
    },

    /** Whether a token makes its bearer a host of this meeting, now; it is used as they are seated. */
    async opens(meetingId: string, token: string, connectionId: string, now: Date): Promise<boolean> {
      const found = await getRow(table, hostTokenKey(token));
      const row = found && z.parse(hostTokenRow, found);
      if (row?.meetingId !== meetingId || (row.usedBy ?? connectionId) !== connectionId) return false;
      return row.expiresAt > epochSeconds(now);
    },
  };
}

export type HostTokenStore = ReturnType<typeof hostTokenStore>;
