import * as z from 'zod/mini';
import { warningMilliseconds } from './seat.ts';

/** What a schedule hands to `onRoomDue`. */
export const roomDueSchema = z.strictObject({ roomId: z.string() });

export type RoomDue = Readonly<z.input<typeof roomDueSchema>>;

/** When a room is to be looked at. */
interface RoomDueTime {
  /** Of the schedule. */
  readonly name: string;
  readonly at: Date;
}

/**
 * Shortly before a room's end and at it, whatever its people do then: pages may be silent, or not be ours.
 * What lies behind is left out.
 */
export function roomDueTimes(roomId: string, end: Date, now: Date): RoomDueTime[] {
  const warning = new Date(end.getTime() - warningMilliseconds);
  const due = [
    { name: `${roomId}-warning`, at: wholeSecond(warning) },
    { name: `${roomId}-end`, at: wholeSecond(end) },
  ];
  return due.filter(({ at }) => at > now);
}

/** Scheduler knows no fractions of a second, and early is too early. */
function wholeSecond(moment: Date): Date {
  return new Date(Math.ceil(moment.getTime() / 1_000) * 1_000);
}
