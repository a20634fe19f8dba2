import { ChangeMessageVisibilityCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { queues } from '../runtime/clients.ts';
import type { TellJob } from './tellJob.ts';

/** SQS's limit for one batch. */
const jobsPerBatch = 10;

/** The queue of webhooks that have something to be told. */
export function webhookQueueClient(QueueUrl: string) {
  return {
    async send(jobs: readonly TellJob[]): Promise<void> {
      for (let start = 0; start < jobs.length; start += jobsPerBatch) {
        const Entries = jobs.slice(start, start + jobsPerBatch).map((job, index) => {
          // What waits for one webhook does not hold up the others ("Amazon SQS fair queues").
          return { Id: String(index), MessageBody: JSON.stringify(job), MessageGroupId: job.webhookId };
        });
        const { Failed = [] } = await queues().send(new SendMessageBatchCommand({ QueueUrl, Entries }));
        if (Failed.length > 0) throw new Error(`The webhook queue refused ${Failed.length} jobs: ${Failed[0]?.Code}`);
      }
    },

    /** Has a message that is being worked on come again after so many seconds, at most 12 hours. */
    async postpone(ReceiptHandle: string, VisibilityTimeout: number): Promise<void> {
      await queues().send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    },
  };
}

export type WebhookQueueClient = ReturnType<typeof webhookQueueClient>;
