import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { drainStore } from '../../events/drainStore.ts';
import { receiverClient } from '../../events/receiverClient.ts';
import { type TellJob, tellJobSchema } from '../../events/tellJob.ts';
import { type Ending, type TellServices, tellWebhook } from '../../events/tellWebhook.ts';
import { webhookQueueClient } from '../../events/webhookQueueClient.ts';
import { variable } from '../../runtime/environment.ts';
import { inParallel } from '../../runtime/inParallel.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { once } from '../../runtime/once.ts';
import { table } from '../../runtime/table.ts';
import * as stores from '../stores.ts';

const services = once(() => ({
  drains: drainStore(table()),
  events: stores.owedEvents(),
  receiver: receiverClient(),
  queue: webhookQueueClient(variable('WEBHOOK_QUEUE_URL')),
  now: () => new Date(),
  chance: Math.random,
}));

/** As many as a batch may bring: a receiver that is slow holds up no other. */
const webhooksAtOnce = 10;

interface Message {
  readonly record: SQSRecord;
  readonly job: TellJob;
}

/** The queue of webhooks that have something to be told: tells each, its events one after the other. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const again: string[] = [];
  const messages = event.Records.flatMap((record): Message[] => {
    const job = parseJob(record);
    if (!job) again.push(record.messageId);
    return job ? [{ record, job }] : [];
  });
  const webhooks = [...Map.groupBy(messages, ({ job }) => job.webhookId).values()];
  const comesAgain = await inParallel(webhooks, webhooksAtOnce, (ofOne) => tell(ofOne, context));
  again.push(...comesAgain.flat());
  return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** What is no job goes to the failure queue in time. */
function parseJob({ messageId, body }: SQSRecord): TellJob | undefined {
  try {
    return z.parse(tellJobSchema, JSON.parse(body));
  } catch (error) {
    log.error('A message of the webhook queue is no job', { messageId, error: errorOf(error) });
    return undefined;
  }
}

/** Tells one webhook, by that of its messages which begins first. @returns the ids of those that are to come again */
async function tell(ofOne: readonly Message[], context: Context): Promise<string[]> {
  const messages = ofOne.toSorted((one, other) => (beginningOf(one) < beginningOf(other) ? -1 : 1));
  const [first] = messages;
  if (!first) return [];
  const { webhookId, from } = first.job;
  const { queue } = services();
  const own: TellServices = {
    ...services(),
    remainingMilliseconds: () => context.getRemainingTimeInMillis(),
  };
  const { messageId, receiptHandle } = first.record;
  try {
    const drainer = { leaseId: `${context.awsRequestId} ${messageId}`, messageId };
    const ending: Ending = await tellWebhook(webhookId, from, drainer, own);
    if (ending === 'over') return [];
    if (ending === 'continue') {
      await queue.send([first.job]);
      return [];
    }
    await queue.postpone(receiptHandle, ending.againAfterSeconds);
    return [messageId];
  } catch (error) {
    log.error('Webhook not told', { webhookId, error: errorOf(error) });
    return messages.map(({ record }) => record.messageId);
  }
}

/** Where none is named it is the end of what was told. */
function beginningOf({ job }: Message): string {
  return job.from ?? '~';
}
