import { availableWaitingChannels } from '../../deliveries/channels/availableChannels.ts';
import { waitingJobs } from '../../deliveries/waitingJobs.ts';
import type { MeetingStore } from '../../meetings/meetingStore.ts';
import { pushableDevices, type ReminderServices } from '../../reminders/planReminders.ts';
import { log } from '../../runtime/log.ts';

/** Queues what tells the organizer that somebody came for a start, waits, and finds no host. */
export async function planWaiting(
  meetingId: string,
  start: Date,
  services: ReminderServices & { readonly meetings: MeetingStore },
  now: Date,
): Promise<void> {
  const { meetings, users, queueJobs, settings } = services;
  const meeting = await meetings.get(meetingId);
  if (!meeting) return;
  const organizer = await users.find(meeting.organizerId);
  if (!organizer || organizer.deleted) return;
  const channels = availableWaitingChannels(settings);
  const isPushed = channels.some(({ reaches }) => reaches === 'devices');
  const devices = isPushed ? await pushableDevices(organizer.id, services) : [];
  const jobs = waitingJobs(meeting, { start, channels, organizer, devices, now });
  await queueJobs(jobs, meeting.organizerId);
  log.info('Waiting planned', { meetingId, jobs: jobs.length });
}
