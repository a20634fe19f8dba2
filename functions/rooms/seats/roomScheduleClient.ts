import { errorOf, log } from '../../runtime/log.ts';
import type { OneTimeSchedules } from '../../runtime/oneTimeScheduleClient.ts';
import { type RoomDue, roomDueTimes } from './roomDue.ts';

/** Has the service look at rooms by EventBridge Scheduler. @param schedules are asked for when they are needed */
export function roomScheduleClient(schedules: () => OneTimeSchedules) {
  return {
    /** Schedules the warning and the end of a room. Without them a room still ends: with the next message of anyone in it. */
    async keepEnd(roomId: string, end: Date, now: Date): Promise<void> {
      const due: RoomDue = { roomId };
      try {
        for (const { name, at } of roomDueTimes(roomId, end, now)) await schedules().keep(name, at, due);
      } catch (error) {
        log.error('Clock of a room not set', { roomId, error: errorOf(error) });
      }
    },
  };
}

export type RoomScheduleClient = ReturnType<typeof roomScheduleClient>;
