import { errorOf, log } from '../runtime/log.ts';
import { keepTelling } from './announce.ts';
import { setClock } from './clock.ts';
import type { RoomStore } from './roomStore.ts';
import { heldSeats, type Room, type Times } from './seat.ts';

/** Keeps the times of a meeting's room, and sets its clock where they are new. @returns whether they are */
export async function keepTimes(rooms: RoomStore, roomId: string, times: Times, now: Date): Promise<boolean> {
  const changed = await rooms.keepTimes(roomId, times);
  if (!changed) return false;
  // Without its clock a room still ends: with the next sign of life of anyone in it.
  await setClock(roomId, times.validUntil, now).catch((error: unknown) => {
    log.error('Clock of a room not set', { roomId, error: errorOf(error) });
  });
  return true;
}

/** Tells whoever is in a room when it ends. */
export async function tellEnd(rooms: RoomStore, roomId: string, now: Date): Promise<void> {
  const endOf = (room: Room | undefined) => room?.state?.validUntil.toISOString();
  const news = (room: Room, told: Room | undefined) => {
    const at = endOf(room);
    return at === undefined || at === endOf(told) ? [] : [{ type: 'ending', at } as const];
  };
  await keepTelling(rooms, roomId, (room) => heldSeats(room, now), news, now);
}
