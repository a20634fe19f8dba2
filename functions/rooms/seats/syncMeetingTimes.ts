import type { RoomServices } from './roomServices.ts';
import type { RoomTimes } from './seat.ts';

export type TimesServices = Pick<RoomServices, 'rooms' | 'schedules'>;

/** Takes a meeting's times over into its room, and moves the room's schedules with them. @returns whether they are new */
export async function syncMeetingTimes(
  { rooms, schedules }: TimesServices,
  roomId: string,
  times: RoomTimes,
  now: Date,
): Promise<boolean> {
  const changed = await rooms.keepTimes(roomId, times);
  if (changed) await schedules.keepEnd(roomId, times.validUntil, now);
  return changed;
}
