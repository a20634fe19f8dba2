import * as z from 'zod/mini';
import { roomDueSchema } from '../../rooms/seats/roomScheduleClient.ts';
import { roomStore } from '../../rooms/seats/roomStore.ts';
import { keepTime } from '../../rooms/seats/sweepRoom.ts';
import { log } from '../../runtime/log.ts';
import { table } from '../../runtime/table.ts';

/** A room's schedule, five minutes before its end and at it: warns, or ends, by the meeting as it is now. */
export async function handler(event: unknown): Promise<void> {
  const { roomId } = z.parse(roomDueSchema, event);
  const rooms = roomStore(table());
  const room = await rooms.read(roomId);
  await keepTime(rooms, room, new Date());
  log.info('Room kept in time', { roomId });
}
