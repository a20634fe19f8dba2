import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds } from '../../runtime/row.ts';
import { getRow, type Table } from '../../runtime/table.ts';
import { connectionKey } from './connectionRow.ts';

/** The gateway ends a connection after two hours, however busy it is. */
const longestSeconds = 3 * 3_600;

const connectionSchema = z.object({
  connectionId: z.string(),
  /** Of the room that it may enter. */
  roomId: z.string(),
  /** The fingerprint of the network that it came from. */
  network: z.optional(z.string()),
  /** The fingerprint of the link that let it in; public rooms have none. */
  link: z.optional(z.string()),
});

/** A socket that was let into one room, and stays with it. */
export type RoomConnection = Readonly<z.output<typeof connectionSchema>>;

/** Keeps which socket belongs to which room. */
export function connectionStore(table: Table) {
  return {
    /** Keeps a connection that was let into a room. */
    async open(connection: RoomConnection, now: Date): Promise<void> {
      const expiresAt = epochSeconds(now) + longestSeconds;
      const Item = { ...connectionKey(connection.connectionId), ...connection, expiresAt };
      await table.documents.send(new PutCommand({ TableName: table.name, Item }));
    },

    /** The connection, while it is open. */
    async find(connectionId: string): Promise<RoomConnection | undefined> {
      const row = await getRow(table, connectionKey(connectionId));
      return row && z.parse(connectionSchema, row);
    },

    /** Forgets a connection: from then on it takes no seat. */
    async close(connectionId: string): Promise<RoomConnection | undefined> {
      const { Attributes } = await table.documents.send(
        new DeleteCommand({ TableName: table.name, Key: connectionKey(connectionId), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes && z.parse(connectionSchema, Attributes);
    },
  };
}
