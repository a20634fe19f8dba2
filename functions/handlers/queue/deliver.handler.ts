import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { type Attempt, conclude } from '../../deliveries/attempt.ts';
import type { Round } from '../../deliveries/deliver.ts';
import { jobSchema } from '../../deliveries/delivery.ts';
import { deliveryStore } from '../../deliveries/deliveryStore.ts';
import { shortLinkStore } from '../../deliveries/shortLinkStore.ts';
import { linkOf } from '../../meetings/links/link.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { meetingStore } from '../../meetings/meetingStore.ts';
import { variable } from '../../runtime/environment.ts';
import { inParallel } from '../../runtime/inParallel.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { settings } from '../../runtime/settings.ts';
import { table } from '../../runtime/table.ts';
import { deviceStore } from '../../users/deviceStore.ts';
import { directory } from '../../users/directory.ts';

const claimsAtOnce = 5;

interface Message extends Attempt {
  readonly id: string;
}

/** The delivery queue: sends what is owed, each job once, and leaves what cannot be sent now to the next attempt. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const meetings = new Map<string, Message[]>();
  const again: string[] = [];
  for (const record of event.Records) {
    const message = parseMessage(record, context);
    if (!message) again.push(record.messageId);
    else meetings.set(message.job.meetingId, [...(meetings.get(message.job.meetingId) ?? []), message]);
  }
  for (const [meetingId, messages] of meetings) again.push(...(await deliverAll(meetingId, messages)));
  return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
}

function parseMessage({ messageId, body, attributes }: SQSRecord, context: Context): Message | undefined {
  try {
    const job = z.parse(jobSchema, JSON.parse(body));
    const receives = Number(attributes.ApproximateReceiveCount);
    const last = receives >= Number(variable('DELIVERY_MAX_RECEIVES'));
    return { id: messageId, job, last, remainingMilliseconds: () => context.getRemainingTimeInMillis() };
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
async function deliverAll(meetingId: string, messages: readonly Message[]): Promise<string[]> {
  try {
    const claims = await inParallel(messages, claimsAtOnce, ({ job }) => deliveryStore(table()).claim(job, new Date()));
    const round = claims.every((claim) => claim === 'finished') ? undefined : await open(meetingId);
    const again: string[] = [];
    for (const [index, message] of messages.entries()) {
      const isOver = await conclude(message, claims[index] ?? 'busy', round);
      if (!isOver) again.push(message.id);
    }
    return again;
  } catch (error) {
    log.error('Deliveries failed', { meetingId, error: errorOf(error) });
    return messages.map(({ id }) => id);
  }
}

/** Reads what the jobs have in common, after they were claimed; undefined where the meeting has gone. */
async function open(meetingId: string): Promise<Round | undefined> {
  const users = directory(table());
  const meeting = await meetingStore(table(), settings().retentionDays).get(meetingId);
  if (!meeting) return undefined;
  const [organizer, url] = await Promise.all([users.find(meeting.organizerId), urlOf(meeting)]);
  return {
    meeting,
    url,
    organizer: organizer?.deleted ? undefined : organizer,
    users,
    devices: deviceStore(table()),
    deliveries: deliveryStore(table()),
    settings: settings(),
  };
}

/** The short link, where one was made; else the meeting URL itself. */
async function urlOf(meeting: Meeting): Promise<string> {
  const longUrl = linkOf(meeting, settings());
  if (settings().shortenerToken === undefined) return longUrl;
  return (await shortLinkStore(table()).get(meeting, longUrl))?.shortUrl ?? longUrl;
}
