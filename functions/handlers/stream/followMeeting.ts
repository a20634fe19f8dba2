import { unavailableChannelWarnings } from '../../deliveries/channels/availableChannels.ts';
import { peopleAtFirst } from '../../deliveries/planJob.ts';
import type { LinkShortener } from '../../deliveries/shortLinks/bitlyClient.ts';
import { keepShortLink } from '../../deliveries/shortLinks/keepShortLink.ts';
import type { ShortLinkStore } from '../../deliveries/shortLinks/shortLinkStore.ts';
import { momentEvent, momentsPassed } from '../../events/clockEvents.ts';
import type { Event } from '../../events/event.ts';
import type { Listeners } from '../../events/handOn.ts';
import type { AnswerStore } from '../../meetings/answers/answerStore.ts';
import { type Attendees, attendeesAndDeleted } from '../../meetings/attendees.ts';
import type { ChangedStore } from '../../meetings/changed/changedStore.ts';
import { linkOf } from '../../meetings/links/link.ts';
import type { ListingStore } from '../../meetings/listings/listingStore.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import type { MeetingImage } from '../../meetings/meetingImage.ts';
import { expiryOf } from '../../meetings/meetingStore.ts';
import { withoutDeleted } from '../../meetings/withoutUser.ts';
import { planReminders } from '../../reminders/planReminders.ts';
import { reminderOf } from '../../reminders/reminderTime.ts';
import { type SyncServices, syncRoom } from '../../rooms/seats/syncRoom.ts';
import { log } from '../../runtime/log.ts';
import { keepWake, type WakeServices } from '../keepWake.ts';
import { forgetWhoLeaves, type PlanServices, planInvitations } from '../planInvitations.ts';
import { listAttendees, listInvited } from './listMeeting.ts';

/** What follows from a meeting's row is kept by these. */
export interface MeetingServices extends PlanServices, WakeServices {
  readonly listings: ListingStore;
  readonly changed: Pick<ChangedStore, 'note'>;
  readonly answers: AnswerStore;
  readonly room: SyncServices;
  readonly shortLinks: ShortLinkStore;
  /** Undefined where links stay long. */
  readonly shortener: LinkShortener | undefined;
  readonly listeners: Listeners;
}

/**
 * Brings lists, invitations, the reminder and the room of a meeting in line with its row as it is now.
 *
 * @param before the meeting as it was before each of the changes that are followed
 * @returns what its time has brought already, beside what its changes tell
 */
export async function followMeeting(
  meetingId: string,
  before: readonly MeetingImage[],
  services: MeetingServices,
  now: Date,
): Promise<Event[]> {
  const { meetings, users } = services;
  const meeting = await meetings.get(meetingId);
  if (!meeting) return [];
  // Before anybody is looked up: who verifies an address, or is deleted, is seen here, or finds the entry afterwards.
  const followed = { meeting, before, now };
  await listInvited(followed, services);
  const { attendees, deleted } = await attendeesAndDeleted(meeting, users);
  const concerned = await listAttendees(followed, attendees, services);
  // After the lists: whoever hears of a change finds it there.
  await services.changed.note(concerned, [meetingId], now);
  // Who was deleted too early to find the meeting in their list. The next record of the stream goes on.
  if (deleted.size > 0 && (await meetings.change(meeting, withoutDeleted(meeting, deleted, now)))) return [];
  await services.answers.sync(meeting, expiryOf(meeting, services.settings.retentionDays));
  await makeShortLink(meeting, services, now);
  await planInvitationsOf(meeting, attendees, services, now);
  await followReminder(meeting, attendees, services, now);
  await syncRoom(services.room, meeting, now);
  return momentsAlready(meeting, before, now);
}

/** No schedule wakes for a moment that has passed: of a start that was set so, or of an end that came before this. */
function momentsAlready(meeting: Meeting, before: readonly MeetingImage[], now: Date): Event[] {
  const isSet = before.every(({ validSince }) => validSince.getTime() !== meeting.validSince.getTime());
  const passed = momentsPassed(meeting, now).filter((moment) => moment === 'ended' || isSet);
  return passed.map((moment) => momentEvent(moment, meeting));
}

async function makeShortLink(
  meeting: Meeting,
  { shortener, shortLinks: links, settings }: MeetingServices,
  now: Date,
): Promise<void> {
  if (!shortener) return;
  const expiresAt = expiryOf(meeting, settings.retentionDays);
  await keepShortLink(meeting, { shortener, links, longUrl: linkOf(meeting, settings), expiresAt, now });
}

async function planInvitationsOf(
  meeting: Meeting,
  attendees: Attendees,
  services: MeetingServices,
  now: Date,
): Promise<void> {
  const { id: meetingId } = meeting;
  if (!meeting.sendInvitations) {
    log.warn('Cannot send the meeting invitation, not available', { meetingId });
    return forgetWhoLeaves(meeting, services);
  }
  if (isForsaken(meeting)) return;
  for (const warning of unavailableChannelWarnings(services.settings)) log.warn(warning, { meetingId });
  await planInvitations(meeting, attendees, { most: peopleAtFirst }, services, now);
}

/** Of a meeting whose organizer was deleted all that is owed has been queued, along with who they were. */
function isForsaken({ status, organizer }: Meeting): boolean {
  return status === 'cancelled' && organizer === undefined;
}

async function followReminder(
  meeting: Meeting,
  attendees: Attendees,
  services: MeetingServices,
  now: Date,
): Promise<void> {
  const reminder = reminderOf(meeting, services.settings.remindBeforeMinutes, now);
  if (reminder === 'now') await planReminders(meeting, attendees, { most: peopleAtFirst }, services, now);
  await keepWake(meeting, services.listeners, services, now);
}
