import * as z from 'zod/mini';
import type { Meeting } from '../meetings/meeting.ts';
import { storedInstant } from '../runtime/row.ts';

/** What a meeting's schedule hands to `onReminderDue`: which meeting, and the start that it was made for. */
export const reminderDueSchema = z.strictObject({
  meetingId: z.string(),
  validSince: storedInstant,
  /** Absent where its reminder is due. */
  moment: z.optional(z.enum(['started', 'ended'])),
});

export type ReminderDue = Readonly<z.output<typeof reminderDueSchema>>;

/** What the schedule of a meeting is to hand over, as JSON. */
export function reminderDueOf(
  { id, validSince }: Meeting,
  moment: ReminderDue['moment'],
): z.input<typeof reminderDueSchema> {
  return { meetingId: id, validSince: validSince.toISOString(), ...(moment ? { moment } : {}) };
}
