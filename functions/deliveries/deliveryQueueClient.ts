import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { queues } from '../runtime/clients.ts';
import { sha256 } from '../runtime/digest.ts';
import { inParallel } from '../runtime/inParallel.ts';
import type { Job } from './job.ts';

/** SQS takes at most ten messages in one call. */
const jobsPerBatch = 10;
const batchesAtOnce = 5;

const urlsSchema = z.record(z.string(), z.string());

/** The queues of everything that is to be sent to people, one for each channel; `urls` is JSON: the URLs by channel. */
export function deliveryQueueClient(urls: string) {
  const byChannel = z.parse(urlsSchema, JSON.parse(urls));
  return {
    /**
     * Queues jobs for delivery, as those of their meetings' organizer.
     *
     * @throws Error where a queue did not take all of them; queueing them again is safe
     */
    async send(jobs: readonly Job[], organizerId: string): Promise<void> {
      const group = groupOf(organizerId);
      await inParallel(batchesOf(jobs), batchesAtOnce, ({ channel, batch }) =>
        sendBatch(byChannel[channel], batch, group),
      );
    },
  };
}

export type DeliveryQueueClient = ReturnType<typeof deliveryQueueClient>;

/**
 * What an organizer's messages have in common: one who has many waiting does not hold up the others' (Amazon SQS developer
 * guide, "Amazon SQS fair queues"). A digest, since not every id is one that SQS takes.
 */
export function groupOf(organizerId: string): string {
  return sha256(organizerId).slice(0, 32);
}

function batchesOf(jobs: readonly Job[]) {
  return [...Map.groupBy(jobs, ({ channel }) => channel)].flatMap(([channel, own]) =>
    Array.from({ length: Math.ceil(own.length / jobsPerBatch) }, (_, index) => {
      return { channel, batch: own.slice(index * jobsPerBatch, (index + 1) * jobsPerBatch) };
    }),
  );
}

async function sendBatch(QueueUrl: string | undefined, jobs: readonly Job[], MessageGroupId: string): Promise<void> {
  if (QueueUrl === undefined) throw new Error(`There is no queue for ${jobs[0]?.channel}`);
  const Entries = jobs.map((job, index) => ({
    Id: String(index),
    MessageBody: JSON.stringify(job),
    MessageGroupId,
    ...(job.waitSeconds === undefined ? {} : { DelaySeconds: job.waitSeconds }),
  }));
  const reply = await queues().send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const [refused] = reply.Failed ?? [];
  if (refused) throw new Error(`The delivery queue refused ${reply.Failed?.length} jobs: ${refused.Code}`);
}
