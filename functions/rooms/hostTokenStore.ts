import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { sha256 } from '../runtime/digest.ts';
import { epochSeconds } from '../runtime/row.ts';
import { getRow, type Key, type Table } from '../runtime/table.ts';

const hostTokenRow = z.object({ meetingId: z.string(), expiresAt: z.number() });

/** Keeps the tokens that make their bearers hosts: their hashes alone, until they expire. */
export function hostTokenStore(table: Table) {
  return {
    async keep(meetingId: string, token: string, expires: Date): Promise<void> {
      const row = { ...hostTokenKey(token), meetingId, expiresAt: epochSeconds(expires) };
      await table.documents.send(new PutCommand({ TableName: table.name, Item: row }));
    },

    /** Whether a token makes its bearer a host of this meeting, now. */
    async opens(meetingId: string, token: string, now: Date): Promise<boolean> {
      const found = await getRow(table, hostTokenKey(token));
      const row = found && z.parse(hostTokenRow, found);
      return row !== undefined && row.meetingId === meetingId && row.expiresAt > epochSeconds(now);
    },
  };
}

export type HostTokenStore = ReturnType<typeof hostTokenStore>;

function hostTokenKey(token: string): Key {
  const key = `HOST#${sha256(token)}`;
  return { pk: key, sk: key };
}
