import { availableInviteChannels, availableRemindChannels } from '../deliveries/channels/availableChannels.ts';
import type { DeliveryStore } from '../deliveries/deliveryStore.ts';
import type { Job } from '../deliveries/job.ts';
import { historyOf, owedJobs } from '../deliveries/plan.ts';
import { type Attendees, addressesOf, reachOf } from '../meetings/attendees.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { inParallel } from '../runtime/inParallel.ts';
import { log } from '../runtime/log.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import { type Device, pushTargetOf } from '../users/device.ts';
import type { DeviceStore } from '../users/deviceStore.ts';
import type { Directory } from '../users/directoryStore.ts';
import { owedReminders, reachesDevices, remindedUsers } from './owedReminders.ts';
import { dueTime } from './reminderTime.ts';
import { toldLately } from './toldLately.ts';

/** What planning reminders reads, and where it puts the jobs. */
export interface ReminderServices {
  readonly users: Directory;
  readonly devices: DeviceStore;
  readonly deliveries: DeliveryStore;
  readonly queueJobs: (jobs: readonly Job[], organizerId: string) => Promise<void>;
  readonly settings: RuntimeSettings;
}

const usersAtOnce = 10;

/** Queues the reminders that a meeting owes now, which were due `remindBeforeMinutes` before its start. */
export async function planReminders(
  meeting: Meeting,
  attendees: Attendees,
  remindBeforeMinutes: number,
  services: ReminderServices,
  now: Date,
): Promise<void> {
  const { users, deliveries, queueJobs, settings } = services;
  const organizer = (await users.findAll([meeting.organizerId])).get(meeting.organizerId);
  const channels = availableRemindChannels(settings);
  const reminded = reachesDevices({ channels }) ? remindedUsers(meeting, organizer, attendees) : [];
  const known = await deliveries.ofMeeting(meeting.id);
  const letters = owedJobs(meeting, {
    channels: availableInviteChannels(settings),
    addressesOf: reachOf(meeting, attendees),
    history: historyOf(known),
    now,
  });
  const jobs = owedReminders(meeting, {
    toldLately: toldLately(meeting, dueTime(meeting, remindBeforeMinutes), known, letters),
    channels,
    organizer,
    attendees,
    addressesOf,
    devices: new Map(
      await inParallel(
        reminded,
        usersAtOnce,
        async (userId) => [userId, await pushableDevices(userId, services)] as const,
      ),
    ),
    states: new Map(known.map(({ sk, state }) => [sk, state])),
  });
  await queueJobs(jobs, meeting.organizerId);
  log.info('Reminders planned', { meetingId: meeting.id, jobs: jobs.length });
}

/** A device of a platform that the operator pushes to no more is as good as none. */
export async function pushableDevices(userId: string, { devices, settings }: ReminderServices): Promise<string[]> {
  const registered = await devices.ofUser(userId);
  const isPushedTo = (device: Device) => pushTargetOf(device, settings.pushApplications) !== undefined;
  return registered.filter(isPushedTo).map(({ deviceId }) => deviceId);
}
