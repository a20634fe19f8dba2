import { errorOf, log } from '../../runtime/log.ts';
import { setClock } from './roomScheduleClient.ts';
import type { RoomStore } from './roomStore.ts';
import type { Times } from './seat.ts';

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
