import { isHeard, type Listeners } from '../events/handOn.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { nextWake } from '../reminders/nextWake.ts';
import { reminderDueOf } from '../reminders/reminderDue.ts';
import { schedules } from '../runtime/clients.ts';
import { variable } from '../runtime/environment.ts';
import { type OneTimeSchedules, oneTimeSchedules } from '../runtime/oneTimeScheduleClient.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';

export interface WakeServices {
  readonly reminderSchedules: OneTimeSchedules;
  readonly settings: RuntimeSettings;
}

/** The schedules of meetings, as the stack has set them up. @param functionArn of what they call */
export function reminderSchedules(functionArn: string): OneTimeSchedules {
  return oneTimeSchedules(schedules(), {
    groupName: variable('SCHEDULE_GROUP'),
    roleArn: variable('SCHEDULE_ROLE_ARN'),
    functionArn,
    failureQueueArn: variable('REMINDER_FAILURE_QUEUE_ARN'),
  });
}

/** Sets a meeting's one schedule to the next moment that it is to wake for, or takes it away. */
export async function keepWake(
  meeting: Meeting,
  listeners: Listeners,
  { reminderSchedules, settings }: WakeServices,
  now: Date,
): Promise<void> {
  const moments = (['started', 'ended'] as const).filter((moment) => isHeard(listeners, `meeting.${moment}`));
  const wake = nextWake(meeting, { remindBeforeMinutes: settings.remindBeforeMinutes, moments }, now);
  if (!wake) return reminderSchedules.remove(meeting.id);
  await reminderSchedules.keep(meeting.id, wake.at, reminderDueOf(meeting, wake.moment), { isLast: wake.isLast });
}
