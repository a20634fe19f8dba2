import { accessTo } from '../roomAccess.ts';
import { announce, freeSeat } from './announce.ts';
import { endRoom } from './endRoom.ts';
import { freeKnock } from './freeKnock.ts';
import type { RoomStore } from './roomStore.ts';
import { hasLapsed, heldSeats, isOver, type Room, waiting, warningMilliseconds } from './seat.ts';

/** Does what the time asks for in a room: ends it, warns of its end, frees the seats of those who went without a word. */
export async function keepTime(rooms: RoomStore, room: Room, now: Date): Promise<void> {
  if (isOver(room, now)) {
    await endWhenOver(rooms, room, now);
    return;
  }
  const end = room.state?.validUntil;
  if (end && end.getTime() - now.getTime() <= warningMilliseconds && (await rooms.warn(room.id, end))) {
    await announce(rooms, room.id, heldSeats(room, now), { type: 'ending', at: end.toISOString() }, now);
  }
  for (const seat of room.seats.filter((one) => hasLapsed(one, now)))
    await freeSeat(rooms, room.id, seat, 'lapsed', now);
  const stillWaiting = waiting(room, now);
  for (const knock of room.knocks.filter((one) => !stillWaiting.includes(one)))
    await freeKnock(rooms, room, knock, now);
}

/**
 * Ends a room whose time is up by the service's clock. The meeting itself is asked first: it may have been
 * extended a moment ago, and the room not have followed it yet.
 */
export async function endWhenOver(rooms: RoomStore, room: Room, now: Date): Promise<boolean> {
  if (!isOver(room, now)) return false;
  const access = await accessTo(room.id, now);
  if (typeof access !== 'string') return false;
  await endRoom(rooms, room, access === 'cancelled' ? 'cancelled' : 'over');
  return true;
}
