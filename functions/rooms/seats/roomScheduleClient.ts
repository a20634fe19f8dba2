import * as z from 'zod/mini';
import { variable } from '../../runtime/environment.ts';
import { keepOneOff, type ScheduleKind } from '../../runtime/oneOff.ts';
import { warningMilliseconds } from './seat.ts';

/** What a schedule hands to `onRoomDue`. */
export const roomDueSchema = z.strictObject({ roomId: z.string() });

/**
 * Has the service look at a room shortly before its end and at it, whatever its people do then: pages may
 * be silent, or not be ours. What lies behind is left out.
 */
export async function setClock(roomId: string, end: Date, now: Date): Promise<void> {
  const warning = new Date(end.getTime() - warningMilliseconds);
  const due: z.input<typeof roomDueSchema> = { roomId };
  for (const [what, moment] of [['warning', warning] as const, ['end', end] as const]) {
    // Scheduler knows no fractions of a second, and early is too early.
    const at = new Date(Math.ceil(moment.getTime() / 1_000) * 1_000);
    if (at > now) await keepOneOff(rooms(), `${roomId}-${what}`, at, due);
  }
}

function rooms(): ScheduleKind {
  return {
    groupName: variable('ROOM_SCHEDULE_GROUP'),
    roleArn: variable('ROOM_SCHEDULE_ROLE_ARN'),
    functionArn: variable('ROOM_FUNCTION_ARN'),
    failureQueueArn: variable('ROOM_FAILURE_QUEUE_ARN'),
  };
}
