import { announce, freeSeat } from './announce.ts';
import { endRoom } from './endRoom.ts';
import type { RoomStore } from './roomStore.ts';
import { hasLapsed, heldSeats, type Room } from './seat.ts';

/** Long enough to come to an end. */
export const warningMilliseconds = 5 * 60_000;

/** Does what the time asks for in a room: ends it, warns of its end, frees the seats of those who went without a word. */
export async function keepTime(rooms: RoomStore, room: Room, now: Date): Promise<void> {
  if (isOver(room, now)) return endRoom(rooms, room, 'over');
  const end = room.state?.validUntil;
  if (end && end.getTime() - now.getTime() <= warningMilliseconds && (await rooms.warn(room.id, end))) {
    await announce(rooms, room, heldSeats(room, now), { type: 'ending', at: end.toISOString() }, now);
  }
  for (const seat of room.seats.filter((one) => hasLapsed(one, now))) await freeSeat(rooms, room, seat, 'lost', now);
}

/** Whether a meeting's time is up, by the service's clock. */
export function isOver({ state }: Room, now: Date): boolean {
  return state !== undefined && state.validUntil <= now;
}
