import { queueJobs } from '../deliveries/deliveryQueueClient.ts';
import { deliveryStore } from '../deliveries/deliveryStore.ts';
import { type Attendees, addressesOf } from '../meetings/attendees.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { inParallel } from '../runtime/inParallel.ts';
import { log } from '../runtime/log.ts';
import { type RuntimeSettings, settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { deviceStore } from '../users/deviceStore.ts';
import { directory } from '../users/directory.ts';
import { owedReminders, type RemindMechanism, remindedUsers } from './owedReminders.ts';

const usersAtOnce = 10;

/** Queues the reminders that a meeting owes now. */
export async function planReminders(meeting: Meeting, attendees: Attendees): Promise<void> {
  const organizer = (await directory(table()).findAll([meeting.organizerId])).get(meeting.organizerId);
  const mechanisms = availableMechanisms(settings());
  const users = mechanisms.includes('push') ? remindedUsers(meeting, organizer, attendees) : [];
  const deliveries = await deliveryStore(table()).ofMeeting(meeting.id);
  const jobs = owedReminders(meeting, {
    mechanisms,
    organizer,
    attendees,
    addressesOf,
    devices: new Map(
      await inParallel(users, usersAtOnce, async (userId) => [userId, await devicesOf(userId)] as const),
    ),
    states: new Map(deliveries.map(({ sk, state }) => [sk, state])),
  });
  await queueJobs(jobs);
  log.info('Reminders planned', { meetingId: meeting.id, jobs: jobs.length });
}

/** Those of `remindMechanisms` that can send; synthesizing says which cannot. */
function availableMechanisms({ remindMechanisms, mailIdentity, smsService }: RuntimeSettings): RemindMechanism[] {
  const available = { push: true, email: mailIdentity !== undefined, sms: smsService };
  return remindMechanisms.filter((mechanism) => available[mechanism]);
}

/** A device of a platform that the operator pushes to no more is as good as none. */
async function devicesOf(userId: string): Promise<string[]> {
  const { pushApplications } = settings();
  const devices = await deviceStore(table()).ofUser(userId);
  return devices.filter(({ platform }) => pushApplications[platform] !== undefined).map(({ deviceId }) => deviceId);
}
