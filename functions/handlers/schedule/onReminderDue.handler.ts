import * as z from 'zod/mini';
import { peopleAtFirst } from '../../deliveries/planJob.ts';
import { attendeesOf } from '../../meetings/attendees.ts';
import { mayBeReminded } from '../../meetings/meeting.ts';
import { planReminders } from '../../reminders/planReminders.ts';
import { type ReminderDue, reminderDueSchema } from '../../reminders/reminderDue.ts';
import { dueTime } from '../../reminders/reminderTime.ts';
import { errorOf, log, withoutAddresses } from '../../runtime/log.ts';
import { measureSeconds, withMetrics } from '../../runtime/metrics.ts';
import { settings } from '../../runtime/settings.ts';
import { reminderServices } from '../reminderServices.ts';
import * as stores from '../stores.ts';

/**
 * A meeting's schedule, `remindBefore` its start: reads the meeting again, and reminds the first people of it as it is
 * now; the planning queue goes on.
 */
export const handler = withMetrics(async (event: unknown): Promise<void> => {
  const due = z.parse(reminderDueSchema, event);
  try {
    await remind(due);
  } catch (thrown) {
    const error = errorOf(thrown);
    const cause = withoutAddresses(error.message);
    log.error(`Unable to send reminder for meeting: ${due.meetingId}. Cause: ${cause}`, {
      meetingId: due.meetingId,
      error,
    });
    throw error;
  }
});

async function remind({ meetingId, validSince }: ReminderDue): Promise<void> {
  const meeting = await stores.meetings().get(meetingId);
  const moved = meeting?.validSince.getTime() !== validSince.getTime();
  const now = new Date();
  const { remindBeforeMinutes } = settings();
  if (!meeting || moved || !mayBeReminded(meeting, now) || remindBeforeMinutes === undefined) {
    log.info('Reminder no longer wanted', { meetingId });
    return;
  }
  const due = dueTime(meeting, remindBeforeMinutes);
  measureSeconds('ReminderDelay', (now.getTime() - due.getTime()) / 1_000);
  const attendees = await attendeesOf(meeting, stores.users());
  await planReminders(meeting, attendees, { most: peopleAtFirst }, reminderServices(), now);
}
