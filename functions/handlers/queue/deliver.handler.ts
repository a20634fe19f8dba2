import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { type Channel, channels } from '../../deliveries/channels/channels.ts';
import type { DeliveryContext } from '../../deliveries/deliver.ts';
import { deliveryQueueClient } from '../../deliveries/deliveryQueueClient.ts';
import type { Claim, DeliveryStore } from '../../deliveries/deliveryStore.ts';
import { type Job, jobSchema } from '../../deliveries/job.ts';
import { type Pace, paceOf } from '../../deliveries/pace.ts';
import { type Attempt, type Ending, type OpenMeeting, processClaim } from '../../deliveries/processClaim.ts';
import { render, renderToOrganizer } from '../../deliveries/templates/templates.ts';
import { linkOf } from '../../meetings/links/link.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { expiryOf } from '../../meetings/meetingStore.ts';
import { variable } from '../../runtime/environment.ts';
import { inParallel } from '../../runtime/inParallel.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { withMetrics } from '../../runtime/metrics.ts';
import { once } from '../../runtime/once.ts';
import { UnreadableRow } from '../../runtime/refusals/unreadableRow.ts';
import { settings } from '../../runtime/settings.ts';
import * as stores from '../stores.ts';
import { sendersWith } from './senders.ts';
import { createTurns, type Turns } from './turns.ts';

const claimsAtOnce = 5;

interface QueueMessage extends Attempt {
  readonly id: string;
}

/** A channel's queue: sends what is owed, each job once, and leaves what cannot be sent now to a later attempt. */
export const handler = withMetrics(async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const meetings = new Map<string, QueueMessage[]>();
  const again: string[] = [];
  for (const [index, record] of event.Records.entries()) {
    const message = parseMessage(record, `${context.awsRequestId} ${index}`, context);
    if (!message) again.push(record.messageId);
    else meetings.set(message.job.meetingId, [...(meetings.get(message.job.meetingId) ?? []), message]);
  }
  for (const [meetingId, messages] of meetings) again.push(...(await deliverAll(meetingId, messages)));
  return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
});

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
 * Delivers the jobs of one meeting, by their channels' pace one after the other, or a few at once: so many at most has a
 * worker that dies sent without marking them so.
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
    const claims = await inParallel(messages, claimsAtOnce, (message) => claim(message, deliveries));
    const open = claims.every((claim) => claim === 'finished') ? undefined : await openMeeting(meetingId);
    const atOnce = Math.min(...messages.map(({ job }) => paceOfChannel(job.channel).pace.atOnce));
    const endings = await inParallel([...messages.entries()], atOnce, ([index, message]) =>
      processClaim(message, claims[index] ?? 'busy', open, bookkeeping),
    );
    // The messages that brought them are deleted only when they stand in the queue anew.
    if (open) await queueAnew(endings, open.context.meeting);
    return messages.flatMap(({ id }, index) => (endings[index] === 'again' ? [id] : []));
  } catch (error) {
    log.error('Deliveries failed', { meetingId, error: errorOf(error) });
    return messages.map(({ id }) => id);
  }
}

/** A row that another release wrote holds up no other job of the meeting: its own comes again. */
async function claim({ job, claimId }: QueueMessage, deliveries: DeliveryStore): Promise<Claim> {
  try {
    return await deliveries.claim(job, claimId, new Date());
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error;
    const { meetingId, participantId, channel } = job;
    log.error('Delivery not claimed', { meetingId, participantId, channel, error: errorOf(error) });
    return 'busy';
  }
}

async function queueAnew(endings: readonly Ending[], { organizerId }: Meeting): Promise<void> {
  const jobs = endings.flatMap((ending): Job[] => (typeof ending === 'string' ? [] : [ending.postponed]));
  await ownQueue().send(jobs, organizerId);
}

const ownQueue = once(() => deliveryQueueClient(variable('DELIVERY_QUEUE_URLS')));

/** The pace of each channel, and its turns since this worker began. */
const paces = once((): ReadonlyMap<string, { readonly pace: Pace; readonly turns: Turns }> => {
  return new Map(
    channels.map(({ name, mostPerSecond }) => {
      const pace = paceOf(mostPerSecond?.(settings()));
      return [name, { pace, turns: createTurns(pace.intervalMilliseconds, () => performance.now(), sleep) }];
    }),
  );
});

function paceOfChannel(channel: Channel) {
  const found = paces().get(channel);
  if (!found) throw new Error(`There is no channel ${channel}`);
  return found;
}

/** Reads what the jobs have in common, after they were claimed; undefined where the meeting has gone. */
async function openMeeting(meetingId: string): Promise<OpenMeeting | undefined> {
  const [users, devices] = [stores.users(), stores.devices()];
  const { retentionDays } = settings();
  const meeting = await stores.meetings().get(meetingId);
  if (!meeting) return undefined;
  const [organizer, url] = await Promise.all([users.findReadable(meeting.organizerId), urlOf(meeting)]);
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
    senders: sendersWith({ settings: settings(), render, renderToOrganizer, devices }),
    takeTurn: (channel) => paceOfChannel(channel).turns.take(),
  };
  return { context, expiresAt };
}

/** The short link, where one was made; else the meeting URL itself. */
async function urlOf(meeting: Meeting): Promise<string> {
  const longUrl = linkOf(meeting, settings());
  if (settings().shortenerToken === undefined) return longUrl;
  return (await stores.shortLinks().get(meeting, longUrl))?.shortUrl ?? longUrl;
}
