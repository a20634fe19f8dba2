import * as z from 'zod/mini';
import type { Meeting } from '../meetings/meeting.ts';
import { variable } from '../runtime/environment.ts';
import { keepOneOff, removeOneOff, type ScheduleKind } from '../runtime/oneOff.ts';
import { storedInstant } from '../runtime/row.ts';

/** What a schedule hands to `onReminderDue`: which meeting, and the start that it was made for. */
export const reminderDueSchema = z.strictObject({ meetingId: z.string(), validSince: storedInstant });

/** Keeps the one schedule of a meeting, whose name is the meeting's id. */
export async function keepSchedule(meeting: Meeting, at: Date): Promise<void> {
  const due: z.input<typeof reminderDueSchema> = {
    meetingId: meeting.id,
    validSince: meeting.validSince.toISOString(),
  };
  await keepOneOff(reminders(), meeting.id, at, due);
}

/** Removes the schedule of a meeting; there may be none. */
export async function removeSchedule(meetingId: string): Promise<void> {
  await removeOneOff(variable('SCHEDULE_GROUP'), meetingId);
}

function reminders(): ScheduleKind {
  return {
    groupName: variable('SCHEDULE_GROUP'),
    roleArn: variable('SCHEDULE_ROLE_ARN'),
    functionArn: variable('REMINDER_FUNCTION_ARN'),
    failureQueueArn: variable('REMINDER_FAILURE_QUEUE_ARN'),
  };
}
