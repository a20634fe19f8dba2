import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import * as z from 'zod/mini';
import type { Meeting } from '../meetings/meeting.ts';
import { schedules } from '../runtime/clients.ts';
import { variable } from '../runtime/environment.ts';
import { storedInstant } from '../runtime/row.ts';

/** What a schedule hands to `onReminderDue`: which meeting, and the start that it was made for. */
export const reminderDueSchema = z.strictObject({ meetingId: z.string(), validSince: storedInstant });

/** Keeps the one schedule of a meeting, whose name is the meeting's id. */
export async function keepSchedule(meeting: Meeting, at: Date): Promise<void> {
  const schedule = scheduleOf(meeting, at);
  try {
    await schedules().send(new CreateScheduleCommand(schedule));
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
    await schedules().send(new UpdateScheduleCommand(schedule));
  }
}

/** Removes the schedule of a meeting; there may be none. */
export async function removeSchedule(meetingId: string): Promise<void> {
  try {
    await schedules().send(new DeleteScheduleCommand({ Name: meetingId, GroupName: variable('SCHEDULE_GROUP') }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

function scheduleOf(meeting: Meeting, at: Date) {
  const due: z.input<typeof reminderDueSchema> = {
    meetingId: meeting.id,
    validSince: meeting.validSince.toISOString(),
  };
  return {
    Name: meeting.id,
    GroupName: variable('SCHEDULE_GROUP'),
    // EventBridge Scheduler takes UTC without a zone designator and without fractions of a second.
    ScheduleExpression: `at(${at.toISOString().slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    ActionAfterCompletion: 'DELETE' as const,
    Target: {
      Arn: variable('REMINDER_FUNCTION_ARN'),
      RoleArn: variable('SCHEDULE_ROLE_ARN'),
      Input: JSON.stringify(due),
      RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 10 },
      DeadLetterConfig: { Arn: variable('REMINDER_FAILURE_QUEUE_ARN') },
    },
  };
}
