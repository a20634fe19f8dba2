import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds, storedInstant } from '../../../runtime/row.ts';
import { conditionHeld, getRow, type Key, type Table } from '../../../runtime/table.ts';

const reservationSchema = z.object({
  room: z.string(),
  mailOwner: z.string(),
  started: storedInstant,
  ends: storedInstant,
});

/** A conference that a Jitsi server holds now. */
export type Reservation = Readonly<z.output<typeof reservationSchema>>;

/** Keeps which conferences a Jitsi server holds; what becomes of them changes no meeting. */
export function reservationStore(table: Table) {
  return {
    /** @returns false where the conference is held already */
    async create({ room, mailOwner, started, ends }: Reservation): Promise<boolean> {
      const put = new PutCommand({
        TableName: table.name,
        Item: {
          ...reservationKey(room),
          room,
          mailOwner,
          started: started.toISOString(),
          ends: ends.toISOString(),
          expiresAt: epochSeconds(ends),
        },
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': epochSeconds(started) },
      });
      return conditionHeld(table.documents.send(put));
    },

    async find(room: string, now: Date): Promise<Reservation | undefined> {
      const row = await getRow(table, reservationKey(room));
      const reservation = row && z.parse(reservationSchema, row);
      return reservation && reservation.ends > now ? reservation : undefined;
    },

    /** There may be none. */
    async remove(room: string): Promise<void> {
      await table.documents.send(new DeleteCommand({ TableName: table.name, Key: reservationKey(room) }));
    },
  };
}

function reservationKey(room: string): Key {
  const key = `RESERVATION#${room}`;
  return { pk: key, sk: key };
}
