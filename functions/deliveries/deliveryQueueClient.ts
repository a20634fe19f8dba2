import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { queues } from '../runtime/clients.ts';
import type { Job } from './job.ts';

/** SQS takes at most ten messages in one call. */
const jobsPerBatch = 10;
const batchesAtOnce = 5;

/** The queue of everything that is to be sent to people. */
export function deliveryQueueClient(queueUrl: string) {
  return {
    /** Queues jobs for delivery. @throws Error where the queue did not take all of them; queueing them again is safe. */
    async send(jobs: readonly Job[]): Promise<void> {
      const batches: Job[][] = [];
      for (let start = 0; start < jobs.length; start += jobsPerBatch)
        batches.push(jobs.slice(start, start + jobsPerBatch));
      for (let start = 0; start < batches.length; start += batchesAtOnce) {
        await Promise.all(batches.slice(start, start + batchesAtOnce).map((batch) => sendBatch(queueUrl, batch)));
      }
    },
  };
}

export type DeliveryQueueClient = ReturnType<typeof deliveryQueueClient>;

async function sendBatch(QueueUrl: string, jobs: readonly Job[]): Promise<void> {
  const Entries = jobs.map((job, index) => ({
    Id: String(index),
    MessageBody: JSON.stringify(job),
    ...(job.waitSeconds === undefined ? {} : { DelaySeconds: job.waitSeconds }),
  }));
  const reply = await queues().send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const [refused] = reply.Failed ?? [];
  if (refused) throw new Error(`The delivery queue refused ${reply.Failed?.length} jobs: ${refused.Code}`);
}
