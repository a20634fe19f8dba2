import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { queues } from '../runtime/clients.ts';
import { groupOf } from './deliveryQueueClient.ts';
import type { PlanJob } from './planJob.ts';

/** The queue of what is left to plan of large meetings. */
export function planQueueClient(QueueUrl: string) {
  return {
    /** Queues a job as one of its meeting's organizer. */
    async send(job: PlanJob, organizerId: string): Promise<void> {
      const MessageBody = JSON.stringify(job);
      await queues().send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: groupOf(organizerId) }));
    },
  };
}
