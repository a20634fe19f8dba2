import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds } from '../../runtime/row.ts';
import { getRow, type Table } from '../../runtime/table.ts';
import { connectionKey } from '../seats/roomRows.ts';

/** The gateway ends a connection after two hours, however busy it is. */
const longestSeconds = 3 * 3_600;

const connectionSchema = z.object({
  connectionId: z.string(),
  /** Of the room whose door it came through. */
  roomId: z.string(),
  /** The mark of the network that it came from. */
  network: z.optional(z.string()),
});

/** A socket that has come through the door of one room, and stays with it. */
export type Connection = Readonly<z.output<typeof connectionSchema>>;

/** Keeps which socket belongs to which room. */
export function connectionStore(table: Table) {
  return {
    async open(connection: Connection, now: Date): Promise<void> {
      const expiresAt = epochSeconds(now) + longestSeconds;
      const Item = { ...connectionKey(connection.connectionId), ...connection, expiresAt };
      await table.documents.send(new PutCommand({ TableName: table.name, Item }));
    },

    async find(connectionId: string): Promise<Connection | undefined> {
      const row = await getRow(table, connectionKey(connectionId));
      return row && z.parse(connectionSchema, row);
    },

    /** Forgets a connection: from then on it takes no seat. */
    async close(connectionId: string): Promise<Connection | undefined> {
      const { Attributes } = await table.documents.send(
        new DeleteCommand({ TableName: table.name, Key: connectionKey(connectionId), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes && z.parse(connectionSchema, Attributes);
    },
  };
}
