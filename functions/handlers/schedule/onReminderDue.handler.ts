import * as z from 'zod/mini';
import { attendeesOf } from '../../meetings/attendees.ts';
import { mayBeReminded } from '../../meetings/meeting.ts';
import { meetingStore } from '../../meetings/meetingStore.ts';
import { planReminders } from '../../reminders/planReminders.ts';
import { reminderDueSchema } from '../../reminders/schedule.ts';
import { errorOf, log, withoutAddresses } from '../../runtime/log.ts';
import { settings } from '../../runtime/settings.ts';
import { table } from '../../runtime/table.ts';
import { directory } from '../../users/directory.ts';

/** A meeting's schedule, `remindBefore` its start: reads the meeting again, and reminds of it as it is now. */
export async function handler(event: unknown): Promise<void> {
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
}

async function remind({ meetingId, validSince }: z.output<typeof reminderDueSchema>): Promise<void> {
  const meeting = await meetingStore(table(), settings().retentionDays).get(meetingId);
  const moved = meeting?.validSince.getTime() !== validSince.getTime();
  if (!meeting || moved || !mayBeReminded(meeting, new Date()) || settings().remindBeforeMinutes === undefined) {
    log.info('Reminder no longer wanted', { meetingId });
    return;
  }
  await planReminders(meeting, await attendeesOf(meeting, directory(table())));
}
