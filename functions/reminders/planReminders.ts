import { availableRemindChannels } from '../deliveries/channels/availableChannels.ts';
import { deliveryQueueClient } from '../deliveries/deliveryQueueClient.ts';
import { deliveryStore } from '../deliveries/deliveryStore.ts';
import { type Attendees, addressesOf } from '../meetings/attendees.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { variable } from '../runtime/environment.ts';
import { inParallel } from '../runtime/inParallel.ts';
import { log } from '../runtime/log.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { deviceStore } from '../users/deviceStore.ts';
import { directory } from '../users/directory.ts';
import { owedReminders, reachesDevices, remindedUsers } from './owedReminders.ts';

const usersAtOnce = 10;

/** Queues the reminders that a meeting owes now. */
export async function planReminders(meeting: Meeting, attendees: Attendees): Promise<void> {
  const organizer = (await directory(table()).findAll([meeting.organizerId])).get(meeting.organizerId);
  const channels = availableRemindChannels(settings());
  const users = reachesDevices({ channels }) ? remindedUsers(meeting, organizer, attendees) : [];
  const deliveries = await deliveryStore(table()).ofMeeting(meeting.id);
  const jobs = owedReminders(meeting, {
    channels,
    organizer,
    attendees,
    addressesOf,
    devices: new Map(
      await inParallel(users, usersAtOnce, async (userId) => [userId, await devicesOf(userId)] as const),
    ),
    states: new Map(deliveries.map(({ sk, state }) => [sk, state])),
  });
  await deliveryQueueClient(variable('DELIVERY_QUEUE_URL')).send(jobs);
  log.info('Reminders planned', { meetingId: meeting.id, jobs: jobs.length });
}

/** A device of a platform that the operator pushes to no more is as good as none. */
async function devicesOf(userId: string): Promise<string[]> {
  const { pushApplications } = settings();
  const devices = await deviceStore(table()).ofUser(userId);
  return devices.filter(({ platform }) => pushApplications[platform] !== undefined).map(({ deviceId }) => deviceId);
}
