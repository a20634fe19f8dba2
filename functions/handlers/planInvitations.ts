import { availableInviteChannels } from '../deliveries/channels/availableChannels.ts';
import { historyOf, owedJobs, peopleOf } from '../deliveries/plan.ts';
import { type PeopleToPlan, partOf } from '../deliveries/planJob.ts';
import { type Attendees, organizerReach, reachOf } from '../meetings/attendees.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { MeetingStore } from '../meetings/meetingStore.ts';
import type { ReminderServices } from '../reminders/planReminders.ts';
import { log } from '../runtime/log.ts';
import { count } from '../runtime/metrics.ts';

/** What planning needs beside what reminders do. */
export interface PlanServices extends ReminderServices {
  readonly meetings: MeetingStore;
}

/** Queues what some people of a meeting are owed, and then the planning of the rest. */
export async function planInvitations(
  meeting: Meeting,
  attendees: Attendees,
  people: PeopleToPlan,
  services: PlanServices,
  now: Date,
): Promise<void> {
  const { settings, users, deliveries, queueJobs, queuePlan } = services;
  const { id: meetingId, organizerId, revision, sequence } = meeting;
  const owed = owedJobs(meeting, {
    channels: availableInviteChannels(settings),
    addressesOf: reachOf(meeting, attendees),
    organizer: settings.organizerMail ? await organizerReach(meeting, users) : undefined,
    history: historyOf(await deliveries.ofMeeting(meetingId)),
    now,
  });
  const { jobs, next } = partOf(owed, peopleOf(meeting), people);
  await queueJobs(jobs, organizerId);
  count('InvitationsPlanned', jobs.length);
  log.info('Invitations planned', { meetingId, sequence, jobs: jobs.length, more: next !== undefined });
  if (next !== undefined) await queuePlan({ kind: 'invitations', meetingId, revision, after: next }, organizerId);
  else await forgetWhoLeaves(meeting, services);
}

/** An organizer who was deleted is forgotten once all is queued that names them. */
export async function forgetWhoLeaves(meeting: Meeting, { meetings }: Pick<PlanServices, 'meetings'>): Promise<void> {
  if (meeting.organizer?.leaving) await meetings.forgetOrganizer(meeting);
}
