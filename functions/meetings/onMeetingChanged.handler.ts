import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { deliveryStore } from '../deliveries/deliveryStore.ts';
import { availableMechanisms } from '../deliveries/mechanisms.ts';
import { historyOf, owedJobs } from '../deliveries/plan.ts';
import { queueJobs } from '../deliveries/queue.ts';
import { planReminders } from '../reminders/planReminders.ts';
import { reminderOf } from '../reminders/reminderTime.ts';
import { keepSchedule, removeSchedule } from '../reminders/schedule.ts';
import { errorOf, log } from '../runtime/log.ts';
import { settings } from '../runtime/settings.ts';
import { table, writeRows } from '../runtime/table.ts';
import { directory } from '../users/directory.ts';
import { type Attendees, addressesOf, attendeesOf } from './attendees.ts';
import { listingRow } from './listing.ts';
import type { Meeting } from './meeting.ts';
import { expiryOf, meetingStore } from './meetingStore.ts';

/**
 * The table's stream, filtered to meetings that were written: brings what follows from a meeting's
 * row in line with the row as it is now, however often and in whatever order it is told.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const [meetingId, sequenceNumber] of changedMeetings(event.Records)) {
    try {
      await follow(meetingId);
    } catch (error) {
      log.error('Meeting change not followed', { meetingId, error: errorOf(error) });
      batchItemFailures.push({ itemIdentifier: sequenceNumber });
    }
  }
  return { batchItemFailures };
}

/** The meetings of a batch, each with its first record: a failure begins again there. */
function changedMeetings(records: readonly DynamoDBRecord[]): Map<string, string> {
  const meetings = new Map<string, string>();
  for (const { dynamodb } of records) {
    const meetingId = dynamodb?.Keys?.pk?.S?.replace(/^MEETING#/, '');
    const sequenceNumber = dynamodb?.SequenceNumber;
    if (meetingId === undefined || sequenceNumber === undefined) throw new Error('A stream record has no key');
    if (!meetings.has(meetingId)) meetings.set(meetingId, sequenceNumber);
  }
  return meetings;
}

async function follow(meetingId: string): Promise<void> {
  const now = new Date();
  const meeting = await meetingStore(table(), settings().retentionDays).get(meetingId);
  if (!meeting) return;
  const attendees = await attendeesOf(meeting, directory(table()));
  await list(meeting, attendees);
  await planInvitations(meeting, attendees, now);
  await followReminder(meeting, attendees, now);
}

/** Enters the meeting in the listings of the users who attend it; its organizer's entry was written with it. */
async function list(meeting: Meeting, attendees: Attendees): Promise<void> {
  const expiresAt = expiryOf(meeting, settings().retentionDays);
  const attending = meeting.participants.flatMap(({ id }) => attendees.get(id)?.id ?? []);
  const others = [...new Set(attending)].filter((userId) => userId !== meeting.organizerId);
  await writeRows(
    table(),
    others.map((userId) => listingRow(meeting, userId, 'participant', expiresAt)),
  );
}

async function planInvitations(meeting: Meeting, attendees: Attendees, now: Date): Promise<void> {
  if (!meeting.sendInvitations) {
    log.warn('Cannot send the meeting invitation, not available', { meetingId: meeting.id });
    return;
  }
  const jobs = owedJobs(meeting, {
    mechanisms: availableMechanisms(meeting.id),
    addressesOf: (person) => addressesOf(person, attendees.get(person.id)),
    history: historyOf(await deliveryStore(table()).ofMeeting(meeting.id)),
    now,
  });
  await queueJobs(jobs);
  log.info('Invitations planned', { meetingId: meeting.id, version: meeting.version, jobs: jobs.length });
}

async function followReminder(meeting: Meeting, attendees: Attendees, now: Date): Promise<void> {
  const reminder = reminderOf(meeting, settings().remindBeforeMinutes, now);
  if (reminder === 'none') await removeSchedule(meeting.id);
  else if (reminder === 'now') await planReminders(meeting, attendees);
  else await keepSchedule(meeting, reminder.at);
}
