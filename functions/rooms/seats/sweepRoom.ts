import { type RoomAccessContext, readAccess } from '../roomAccess.ts';
import { type EndServices, endRoom } from './endRoom.ts';
import { freeKnock } from './knocking.ts';
import { broadcastToSeats, freeSeat } from './roomBroadcasts.ts';
import { hasLapsed, heldSeats, isRoomOver, type Room, waitingKnocks, warningMilliseconds } from './seat.ts';

export type SweepServices = EndServices & RoomAccessContext;

/** Does what is due in a room by now: ends it, warns of its end, frees the seats of those who went without a word. */
export async function sweepRoom(services: SweepServices, room: Room, now: Date): Promise<void> {
  if (isRoomOver(room, now)) {
    await endWhenOver(services, room, now);
    return;
  }
  const end = room.state?.validUntil;
  const isNear = end !== undefined && end.getTime() - now.getTime() <= warningMilliseconds;
  if (isNear && (await services.rooms.warn(room.id, end))) {
    await broadcastToSeats(services, room.id, heldSeats(room, now), { type: 'ending', at: end.toISOString() }, now);
  }
  for (const seat of room.seats.filter((one) => hasLapsed(one, now)))
    await freeSeat(services, room.id, seat, 'lapsed', now);
  const stillWaiting = waitingKnocks(room, now);
  for (const knock of room.knocks.filter((one) => !stillWaiting.includes(one)))
    await freeKnock(services, room, knock, now);
}

/**
 * Ends a room whose time is up by the service's clock. The meeting itself is asked first: it may have been
 * extended a moment ago, and the room not have followed it yet.
 */
export async function endWhenOver(services: SweepServices, room: Room, now: Date): Promise<boolean> {
  if (!isRoomOver(room, now)) return false;
  const access = await readAccess(room.id, services, now);
  if (typeof access !== 'string') return false;
  await endRoom(services, room, { reason: access === 'cancelled' ? 'cancelled' : 'over' }, now);
  return true;
}
