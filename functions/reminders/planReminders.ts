import { availableInviteChannels, availableRemindChannels } from '../deliveries/channels/availableChannels.ts';
import type { DeliveryStore } from '../deliveries/deliveryStore.ts';
import type { Job } from '../deliveries/job.ts';
import { historyOf, owedJobs } from '../deliveries/plan.ts';
import { type PeopleToPlan, type PlanJob, peopleOfPart } from '../deliveries/planJob.ts';
import { type Attendees, addressesOf, reachOf } from '../meetings/attendees.ts';
import { type Meeting, mayBeReminded } from '../meetings/meeting.ts';
import { inParallel } from '../runtime/inParallel.ts';
import { log } from '../runtime/log.ts';
import { count } from '../runtime/metrics.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import { type Device, pushTargetOf } from '../users/device.ts';
import type { DeviceStore } from '../users/deviceStore.ts';
import type { Directory } from '../users/directoryStore.ts';
import { owedReminders, type ReminderFacts, reachesDevices, remindedIds, usersWithDevices } from './owedReminders.ts';
import { dueTime } from './reminderTime.ts';
import { toldLately } from './toldLately.ts';

/** What planning reminders reads, and where it puts the jobs. */
export interface ReminderServices {
  readonly users: Directory;
  readonly devices: DeviceStore;
  readonly deliveries: DeliveryStore;
  readonly queueJobs: (jobs: readonly Job[], organizerId: string) => Promise<void>;
  readonly queuePlan: (job: PlanJob, organizerId: string) => Promise<void>;
  readonly settings: RuntimeSettings;
}

const usersAtOnce = 10;

/** Queues the reminders that a meeting owes some people now, and then the planning of the rest. */
export async function planReminders(
  meeting: Meeting,
  attendees: Attendees,
  people: PeopleToPlan,
  services: ReminderServices,
  now: Date,
): Promise<void> {
  const { queueJobs, queuePlan, settings } = services;
  const { id: meetingId, revision, organizerId } = meeting;
  if (settings.remindBeforeMinutes === undefined || !mayBeReminded(meeting, now)) return;
  const due = dueTime(meeting, settings.remindBeforeMinutes);
  const { part, next } = peopleOfPart(remindedIds(meeting), people);
  const jobs = owedReminders(meeting, await factsOf(meeting, attendees, { part, due, now }, services));
  await queueJobs(jobs, organizerId);
  count('RemindersPlanned', jobs.length);
  log.info('Reminders planned', { meetingId, jobs: jobs.length, more: next !== undefined });
  if (next !== undefined) await queuePlan({ kind: 'reminders', meetingId, revision, after: next }, organizerId);
}

interface ReminderPart {
  readonly part: ReadonlySet<string>;
  readonly due: Date;
  readonly now: Date;
}

async function factsOf(
  meeting: Meeting,
  attendees: Attendees,
  { part, due, now }: ReminderPart,
  services: ReminderServices,
): Promise<ReminderFacts> {
  const { users, deliveries, settings } = services;
  const organizer = (await users.findAll([meeting.organizerId])).get(meeting.organizerId);
  const channels = availableRemindChannels(settings);
  const known = await deliveries.ofMeeting(meeting.id);
  const letters = owedJobs(meeting, {
    channels: availableInviteChannels(settings),
    addressesOf: reachOf(meeting, attendees),
    history: historyOf(known),
    now,
  });
  const facts = {
    part,
    toldLately: toldLately(meeting, due, known, letters),
    channels,
    organizer,
    attendees,
    addressesOf,
    states: new Map(known.map(({ sk, state }) => [sk, state])),
  };
  const reminded = reachesDevices({ channels }) ? usersWithDevices(meeting, facts) : [];
  const devices = await inParallel(reminded, usersAtOnce, async (userId) => {
    return [userId, await pushableDevices(userId, services)] as const;
  });
  return { ...facts, devices: new Map(devices) };
}

/** A device of a platform that the operator pushes to no more is as good as none. */
export async function pushableDevices(userId: string, { devices, settings }: ReminderServices): Promise<string[]> {
  const registered = await devices.ofUser(userId);
  const isPushedTo = (device: Device) => pushTargetOf(device, settings.pushApplications) !== undefined;
  return registered.filter(isPushedTo).map(({ deviceId }) => deviceId);
}
