import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { DeliveryContext } from '../../deliveries/deliver.ts';
import { deliveryQueueClient } from '../../deliveries/deliveryQueueClient.ts';
import { type Job, jobSchema } from '../../deliveries/job.ts';
import { type Attempt, type OpenMeeting, processClaim } from '../../deliveries/processClaim.ts';
import { render } from '../../deliveries/templates/templates.ts';
import { linkOf } from '../../meetings/links/link.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { expiryOf } from '../../meetings/meetingStore.ts';
import { variable } from '../../runtime/environment.ts';
import { inParallel } from '../../runtime/inParallel.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { settings } from '../../runtime/settings.ts';
import * as stores from '../stores.ts';
import { sendersWith } from './senders.ts';

const claimsAtOnce = 5;

interface QueueMessage extends Attempt {
  readonly id: string;
}

/** The delivery queue: sends what is owed, each job once, and leaves what cannot be sent now to the next attempt. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const meetings = new Map<string, QueueMessage[]>();
  const again: string[] = [];
  for (const [index, record] of event.Records.entries()) {
    const message = parseMessage(record, `${context.awsRequestId} ${index}`, context);
    if (!message) again.push(record.messageId);
    else meetings.set(message.job.meetingId, [...(meetings.get(message.job.meetingId) ?? []), message]);
  }
  for (const [meetingId, messages] of meetings) again.push(...(await deliverAll(meetingId, messages)));
  return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
}

function parseMessage(
  { messageId, body, attributes }: SQSRecord,
  claimId: string,
  context: Context,
): QueueMessage | undefined {
  try {
    const job = z.parse(jobSchema, JSON.parse(body));
    const receives = Number(attributes.ApproximateReceiveCount);
    const last = receives >= Number(variable('DELIVERY_MAX_RECEIVES'));
    return { id: messageId, job, claimId, last, remainingMilliseconds: () => context.getRemainingTimeInMillis() };
  } catch (error) {
    log.error('A message of the delivery queue is no job', { messageId, error: errorOf(error) });
    return undefined;
  }
}

/**
 * Delivers the jobs of one meeting, one after the other: a worker that dies has sent at most one that is not marked so.
 *
 * @returns the ids of the messages that are to come again
 */
async function deliverAll(meetingId: string, messages: readonly QueueMessage[]): Promise<string[]> {
  const deliveries = stores.deliveries();
  const bookkeeping = {
    deliveries,
    retentionDays: settings().retentionDays,
    now: () => new Date(),
    chance: Math.random,
  };
  try {
    const claims = await inParallel(messages, claimsAtOnce, ({ job, claimId }) =>
      deliveries.claim(job, claimId, new Date()),
    );
    const open = claims.every((claim) => claim === 'finished') ? undefined : await openMeeting(meetingId);
    const postponed: Job[] = [];
    const again: string[] = [];
    for (const [index, message] of messages.entries()) {
      const ending = await processClaim(message, claims[index] ?? 'busy', open, bookkeeping);
      if (ending === 'again') again.push(message.id);
      else if (ending !== 'over') postponed.push(ending.postponed);
    }
    // The messages that brought them are deleted only when they stand in the queue anew.
    await deliveryQueueClient(variable('DELIVERY_QUEUE_URL')).send(postponed);
    return again;
  } catch (error) {
    log.error('Deliveries failed', { meetingId, error: errorOf(error) });
    return messages.map(({ id }) => id);
  }
}

/** Reads what the jobs have in common, after they were claimed; undefined where the meeting has gone. */
async function openMeeting(meetingId: string): Promise<OpenMeeting | undefined> {
  const [users, devices] = [stores.users(), stores.devices()];
  const { retentionDays } = settings();
  const meeting = await stores.meetings().get(meetingId);
  if (!meeting) return undefined;
  const [organizer, url] = await Promise.all([users.find(meeting.organizerId), urlOf(meeting)]);
  const expiresAt = expiryOf(meeting, retentionDays);
  const context: DeliveryContext = {
    meeting,
    url,
    organizer: organizer?.deleted ? undefined : organizer,
    users,
    devices,
    deliveries: stores.deliveries(),
    answers: stores.answers(),
    keepShortLink: (code, participantId) => stores.ownLinks().keep(code, { meetingId, participantId, expiresAt }),
    settings: settings(),
    senders: sendersWith({ settings: settings(), render, devices }),
  };
  return { context, expiresAt };
}

/** The short link, where one was made; else the meeting URL itself. */
async function urlOf(meeting: Meeting): Promise<string> {
  const longUrl = linkOf(meeting, settings());
  if (settings().shortenerToken === undefined) return longUrl;
  return (await stores.shortLinks().get(meeting, longUrl))?.shortUrl ?? longUrl;
}
