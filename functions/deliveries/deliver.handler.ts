import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { expiryOf, meetingStore } from '../meetings/meetingStore.ts';
import { variable } from '../runtime/environment.ts';
import { inParallel } from '../runtime/inParallel.ts';
import { errorOf, log } from '../runtime/log.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { deviceStore } from '../users/deviceStore.ts';
import { directory } from '../users/directory.ts';
import { deliver, type Round } from './deliver.ts';
import { type Job, jobSchema } from './delivery.ts';
import { deliveryStore, type Outcome } from './deliveryStore.ts';
import { logFailure } from './failureLog.ts';
import { faultOf } from './faults.ts';

/** SES and SNS answer in tens of milliseconds; more at once would only meet their limits sooner. */
const deliveriesAtOnce = 5;

/** Milliseconds that a send may take; what has less left waits for the next attempt. */
const sendingTime = 10_000;

interface Message {
  readonly id: string;
  readonly job: Job;
  /** Whether the queue gives it up after this attempt. */
  readonly last: boolean;
}

/** The delivery queue: sends what is owed, each job once, and leaves what cannot be sent now to the next attempt. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const meetings = new Map<string, Message[]>();
  const failed: string[] = [];
  for (const record of event.Records) {
    const message = parseMessage(record);
    if (!message) failed.push(record.messageId);
    else meetings.set(message.job.meetingId, [...(meetings.get(message.job.meetingId) ?? []), message]);
  }
  for (const [meetingId, messages] of meetings) failed.push(...(await deliverAll(meetingId, messages, context)));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

function parseMessage({ messageId, body, attributes }: SQSRecord): Message | undefined {
  try {
    const job = z.parse(jobSchema, JSON.parse(body));
    const receives = Number(attributes.ApproximateReceiveCount);
    return { id: messageId, job, last: receives >= Number(variable('DELIVERY_MAX_RECEIVES')) };
  } catch (error) {
    log.error('A message of the delivery queue is no job', { messageId, error: errorOf(error) });
    return undefined;
  }
}

/** Delivers the jobs of one meeting; gives the ids of the messages that are to come again. */
async function deliverAll(meetingId: string, messages: readonly Message[], context: Context): Promise<string[]> {
  try {
    const claimed = await inParallel(messages, deliveriesAtOnce, claim);
    const ours = claimed.flatMap(({ message, claim }) => (claim === 'claimed' ? [message] : []));
    const busy = claimed.flatMap(({ message, claim }) => (claim === 'busy' ? [message.id] : []));
    if (ours.length === 0) return busy;
    const round = await open(meetingId);
    const ended = await inParallel(ours, deliveriesAtOnce, (message) => attempt(message, round, context));
    return [...busy, ...ours.filter((_, index) => !ended[index]).map(({ id }) => id)];
  } catch (error) {
    log.error('Deliveries failed', { meetingId, error: errorOf(error) });
    return messages.map(({ id }) => id);
  }
}

async function claim(message: Message) {
  const now = new Date();
  const deliveries = deliveryStore(table());
  const claim = await deliveries.claim(message.job, now);
  if (claim === 'unclear') await deliveries.finish(message.job, { state: 'sent', reason: 'unclear' }, now, undefined);
  return { message, claim };
}

/** Reads what the jobs have in common, after they were claimed. */
async function open(meetingId: string): Promise<Round | undefined> {
  const users = directory(table());
  const meeting = await meetingStore(table(), settings().retentionDays).get(meetingId);
  if (!meeting) return undefined;
  const organizer = await users.find(meeting.organizerId);
  return {
    meeting,
    organizer: organizer?.deleted ? undefined : organizer,
    users,
    devices: deviceStore(table()),
    deliveries: deliveryStore(table()),
    settings: settings(),
  };
}

/** Whether the job has come to its end. */
async function attempt(message: Message, round: Round | undefined, context: Context): Promise<boolean> {
  const { job, last } = message;
  const now = new Date();
  const end = async (outcome: Outcome) => {
    const expiresAt = round && expiryOf(round.meeting, settings().retentionDays);
    await deliveryStore(table()).finish(job, outcome, now, expiresAt);
    const { device: _, reached: __, ...ids } = job;
    log.info('Delivery ended', { ...ids, ...outcome });
    if (outcome.state === 'failed' && round) logFailure(job, round.meeting, outcome.reason);
    return true;
  };
  if (!round) return end({ state: 'superseded' });
  if (context.getRemainingTimeInMillis() < sendingTime) return later(job, 'out-of-time', true, now);
  try {
    return await end(await deliver(job, round, now));
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'refused' || last) return end({ state: 'failed', reason: fault.reason });
    log.warn('Delivery put off', { meetingId: job.meetingId, participantId: job.participantId, error: errorOf(error) });
    return later(job, fault.reason, fault.kind === 'later', now);
  }
}

async function later(job: Job, reason: string, unsent: boolean, now: Date): Promise<boolean> {
  await deliveryStore(table()).release(job, reason, unsent, now);
  return false;
}
