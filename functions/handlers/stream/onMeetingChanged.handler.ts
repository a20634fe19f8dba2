import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { deliveryStore } from '../../deliveries/deliveryStore.ts';
import { keepShortLink } from '../../deliveries/keepShortLink.ts';
import { availableMechanisms, warnOfUnavailable } from '../../deliveries/mechanisms.ts';
import { historyOf, owedJobs } from '../../deliveries/plan.ts';
import { queueJobs } from '../../deliveries/queue.ts';
import { type Attendees, lookUp, reachOf, usersAmong } from '../../meetings/attendees.ts';
import {
  formerlyListed,
  invitedKeys,
  invitedRows,
  listingKey,
  listingRow,
  staleListings,
} from '../../meetings/listing.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { type MeetingImage, meetingImageSchema } from '../../meetings/meetingImage.ts';
import { expiryOf, meetingStore } from '../../meetings/meetingStore.ts';
import { withoutDeleted } from '../../meetings/withoutUser.ts';
import { planReminders } from '../../reminders/planReminders.ts';
import { reminderOf } from '../../reminders/reminderTime.ts';
import { keepSchedule, removeSchedule } from '../../reminders/schedule.ts';
import { roomStore } from '../../rooms/seats/roomStore.ts';
import { syncRoom } from '../../rooms/seats/syncRoom.ts';
import { socketClient } from '../../rooms/signalling/socketClient.ts';
import { sockets as gateway } from '../../runtime/clients.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { settings } from '../../runtime/settings.ts';
import { type Key, table, writeRows } from '../../runtime/table.ts';
import { directory } from '../../users/directory.ts';
import { roomSchedules } from '../roomSchedules.ts';

const sockets = socketClient(gateway);
const schedules = roomSchedules();

/**
 * The table's stream, filtered to meetings that were written: brings what follows from a meeting's
 * row in line with the row as it is now, however often and in whatever order it is told.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const [meetingId, { sequenceNumber, before }] of changedMeetings(event.Records)) {
    try {
      await follow(meetingId, before);
    } catch (error) {
      log.error('Meeting change not followed', { meetingId, error: errorOf(error) });
      batchItemFailures.push({ itemIdentifier: sequenceNumber });
    }
  }
  return { batchItemFailures };
}

interface Change {
  /** Of its first record: a failure begins again there. */
  readonly sequenceNumber: string;
  /** The meeting as it was before each of its records. */
  readonly before: readonly MeetingImage[];
}

/** The meetings of a batch. */
function changedMeetings(records: readonly DynamoDBRecord[]): Map<string, Change> {
  const meetings = new Map<string, Change>();
  for (const { dynamodb } of records) {
    const meetingId = dynamodb?.Keys?.pk?.S?.replace(/^MEETING#/, '');
    if (meetingId === undefined || dynamodb?.SequenceNumber === undefined)
      throw new Error('A stream record has no key');
    const { sequenceNumber, before } = meetings.get(meetingId) ?? {
      sequenceNumber: dynamodb.SequenceNumber,
      before: [],
    };
    const image = dynamodb.OldImage ? [z.parse(meetingImageSchema, dynamodb.OldImage)] : [];
    meetings.set(meetingId, { sequenceNumber, before: [...before, ...image] });
  }
  return meetings;
}

async function follow(meetingId: string, before: readonly MeetingImage[]): Promise<void> {
  const now = new Date();
  const { retentionDays } = settings();
  const meeting = await meetingStore(table(), retentionDays).get(meetingId);
  if (!meeting) return;
  // Before anybody is looked up: who verifies an address, or is deleted, is seen here, or finds the entry afterwards.
  await writeRows(table(), invitedRows(meeting, expiryOf(meeting, retentionDays)));
  const { attendees, deleted } = await lookUp(meeting, directory(table()));
  await list(meeting, attendees, before);
  if (deleted.size > 0 && (await takeOut(meeting, deleted, now))) return;
  await keepShortLink(meeting, now);
  await planInvitations(meeting, attendees, now);
  await forgetOrganizer(meeting);
  await followReminder(meeting, attendees, now);
  const roomServices = { rooms: roomStore(table()), sockets, schedules, settings: settings(), log };
  await syncRoom(roomServices, meeting, now);
}

/** Takes out who was deleted too early to find the meeting in his list. The next record of the stream goes on. */
async function takeOut(meeting: Meeting, deleted: Attendees, now: Date): Promise<boolean> {
  const meetings = meetingStore(table(), settings().retentionDays);
  return meetings.change(meeting, withoutDeleted(meeting, deleted, now));
}

/**
 * Enters the meeting in the listings of the users who attend it, and takes out what was entered
 * before and is so no more; its organizer's entry is written with the meeting.
 */
async function list(meeting: Meeting, attendees: Attendees, before: readonly MeetingImage[]): Promise<void> {
  const expiresAt = expiryOf(meeting, settings().retentionDays);
  const rows = attending(meeting, attendees, meeting.organizerId).map((userId) =>
    listingRow(meeting, userId, 'participant', expiresAt),
  );
  const former: Key[] = [];
  for (const image of before) {
    const { participants } = formerlyListed(image, meeting);
    const users = await usersAmong(participants, directory(table()));
    const userIds = attending({ participants }, users, meeting.organizerId);
    former.push(...userIds.map((userId) => listingKey(image, userId)), ...invitedKeys(image, meeting.organizerId));
  }
  await writeRows(table(), rows, staleListings(former, [...rows, ...invitedKeys(meeting, meeting.organizerId)]));
}

/** The users among participants, each once, without the organizer. */
function attending(
  { participants }: { readonly participants: readonly { readonly id: string }[] },
  users: Attendees,
  organizerId: string,
): string[] {
  const ids = new Set(participants.flatMap(({ id }) => users.get(id)?.id ?? []));
  ids.delete(organizerId);
  return [...ids];
}

async function planInvitations(meeting: Meeting, attendees: Attendees, now: Date): Promise<void> {
  if (!meeting.sendInvitations) {
    log.warn('Cannot send the meeting invitation, not available', { meetingId: meeting.id });
    return;
  }
  if (isForsaken(meeting)) return;
  warnOfUnavailable(meeting.id);
  const jobs = owedJobs(meeting, {
    mechanisms: availableMechanisms(settings()),
    addressesOf: reachOf(meeting, attendees),
    history: historyOf(await deliveryStore(table()).ofMeeting(meeting.id)),
    now,
  });
  await queueJobs(jobs);
  log.info('Invitations planned', { meetingId: meeting.id, version: meeting.version, jobs: jobs.length });
}

/** Of a meeting whose organizer was deleted all that is owed has been queued, along with who he was. */
function isForsaken({ status, organizer }: Meeting): boolean {
  return status === 'cancelled' && organizer === undefined;
}

/** The jobs that have been queued name him themselves. */
async function forgetOrganizer(meeting: Meeting): Promise<void> {
  if (meeting.organizer?.leaving) await meetingStore(table(), settings().retentionDays).forgetOrganizer(meeting);
}

async function followReminder(meeting: Meeting, attendees: Attendees, now: Date): Promise<void> {
  const reminder = reminderOf(meeting, settings().remindBeforeMinutes, now);
  if (reminder === 'now') await planReminders(meeting, attendees);
  if (reminder === 'none' || reminder === 'now') await removeSchedule(meeting.id);
  else await keepSchedule(meeting, reminder.at);
}
