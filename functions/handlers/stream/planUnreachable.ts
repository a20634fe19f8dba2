import { availableUnreachableChannels } from '../../deliveries/channels/availableChannels.ts';
import { unreachableJobs } from '../../deliveries/word/unreachable.ts';
import { isOver } from '../../meetings/meeting.ts';
import type { MeetingStore } from '../../meetings/meetingStore.ts';
import type { ReminderServices } from '../../reminders/planReminders.ts';
import { log } from '../../runtime/log.ts';

/** Queues what tells the organizer, once for each meeting, whom mail does not reach. */
export async function planUnreachable(
  meetingId: string,
  { meetings, users, queueJobs, settings }: ReminderServices & { readonly meetings: MeetingStore },
  now: Date,
): Promise<void> {
  const meeting = await meetings.get(meetingId);
  if (!meeting || isOver(meeting, now)) return;
  const organizer = await users.find(meeting.organizerId);
  if (!organizer || organizer.deleted) return;
  const jobs = unreachableJobs(meeting, { channels: availableUnreachableChannels(settings), organizer });
  await queueJobs(jobs, meeting.organizerId);
  log.info('Unreachable planned', { meetingId, jobs: jobs.length });
}
