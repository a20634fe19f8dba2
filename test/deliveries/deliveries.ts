import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { deliveryPrefix, organizerParticipantId } from '../../functions/deliveries/delivery.ts';
import { type AddressJob, type InvitationJob, type Job, jobSchema } from '../../functions/deliveries/job.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { meetingKey } from '../../functions/meetings/meetingStore.ts';
import { queryRows, type Row, type Table, writeRows } from '../../functions/runtime/table.ts';
import type { Queue } from '../../infra/local/queues/queue.ts';
import { meetingOf } from '../meetings/meetings.ts';

/** A job of an invitation by mail, at sequence 1. */
export function jobOf(changes: Partial<InvitationJob> & { meetingId: string }): InvitationJob {
  return { kind: 'invitation', participantId: 'bob', channel: 'email', sequence: 1, reached: false, ...changes };
}

/** A job of a reminder of a meeting by mail. */
export function reminderJobOf(
  { id, validSince }: Pick<Meeting, 'id' | 'validSince'>,
  participantId = 'bob',
): AddressJob {
  return { kind: 'reminder', meetingId: id, participantId, channel: 'email', start: validSince.toISOString() };
}

/** A job that tells a meeting's organizer by mail that somebody waits. */
export function waitingJobOf({ id, validSince }: Pick<Meeting, 'id' | 'validSince'>): AddressJob {
  const participantId = organizerParticipantId;
  return { kind: 'waiting', meetingId: id, participantId, channel: 'email', start: validSince.toISOString() };
}

type Deliver = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

interface Circumstances {
  /** How often the queue has handed the messages over, this time included. */
  readonly receives?: number;
  readonly remainingMilliseconds?: number;
}

let handedOver = 0;

/** Hands jobs (or bodies that are none) to the worker as SQS does; gives the positions of those that are to come again. */
export async function handOver(
  deliver: Deliver,
  jobs: readonly (Job | string)[],
  { receives = 1, remainingMilliseconds = 30_000 }: Circumstances = {},
): Promise<number[]> {
  const Records = jobs.map((job, index) => ({
    messageId: `message-${index}`,
    receiptHandle: `receipt-${index}`,
    body: typeof job === 'string' ? job : JSON.stringify(job),
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:deliveries',
    awsRegion: 'eu-west-1',
  }));
  handedOver += 1;
  const context = {
    functionName: 'deliver',
    awsRequestId: `request-${handedOver}`,
    getRemainingTimeInMillis: () => remainingMilliseconds,
  } as Context;
  const { batchItemFailures } = await deliver({ Records }, context);
  return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier.replace('message-', '')));
}

/** Takes all jobs from the queue, as its mapping does. */
export function takeJobs(queue: Queue): Job[] {
  const jobs: Job[] = [];
  for (let messages = queue.receive(10); messages.length > 0; messages = queue.receive(10)) {
    for (const { body, receipt } of messages) {
      jobs.push(jobSchema.parse(JSON.parse(body)));
      queue.delete(receipt ?? '');
    }
  }
  return jobs;
}

let meetings = 0;

/** Writes a meeting that begins in an hour, under an id of its own. */
export async function keepMeeting(table: Table, changes: Partial<Meeting> = {}): Promise<Meeting> {
  meetings += 1;
  const meeting = meetingOf({
    id: `meeting${String(meetings).padStart(19, '0')}`,
    seal: `seal${String(meetings).padStart(22, '0')}`,
    validSince: new Date(Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000),
    ...changes,
  });
  await writeMeeting(table, meeting);
  return meeting;
}

/** Writes a meeting as it now is, past the API. */
export async function writeMeeting(table: Table, meeting: Meeting): Promise<void> {
  await writeRows(table, [{ ...JSON.parse(JSON.stringify(meeting)), ...meetingKey(meeting.id) }]);
}

/** The deliveries of a meeting, whole. */
export async function deliveryRows(table: Table, meetingId: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of queryRows(table, `MEETING#${meetingId}`, deliveryPrefix)) rows.push(row);
  return rows;
}
