import * as z from 'zod/mini';
import { roomDueSchema } from '../../rooms/seats/roomDue.ts';
import { sweepRoom } from '../../rooms/seats/sweepRoom.ts';
import { socketClient } from '../../rooms/signalling/socketClient.ts';
import { sockets as gateway } from '../../runtime/clients.ts';
import { log } from '../../runtime/log.ts';
import { settings } from '../../runtime/settings.ts';
import * as stores from '../stores.ts';

const sockets = socketClient(gateway);

/** A room's schedule, five minutes before its end and at it: warns, or ends, by the meeting as it is now. */
export async function handler(event: unknown): Promise<void> {
  const { roomId } = z.parse(roomDueSchema, event);
  const rooms = stores.rooms();
  const meetings = stores.meetings();
  const room = await rooms.read(roomId);
  await sweepRoom(
    { rooms, meetings, visits: stores.keptVisits(), sockets, settings: settings(), log },
    room,
    new Date(),
  );
  log.info('Room kept in time', { roomId });
}
