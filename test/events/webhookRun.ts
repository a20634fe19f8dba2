import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { QueueMessage } from '../../infra/local/queues/queue.ts';
import type { TestAws } from '../aws.ts';
import { type Answer, type Call, call, root } from '../service.ts';

type Tell = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** Hands messages of the webhooks' queue to the worker as a mapping does. @returns how many of them come again */
export async function tellAll(tell: Tell, aws: TestAws, { remaining = 60_000 } = {}): Promise<number> {
  const messages = aws.webhooks.receive(10);
  if (messages.length === 0) return 0;
  const event = { Records: messages.map(recordOf) } as unknown as SQSEvent;
  requests += 1;
  const context = { awsRequestId: `request-${requests}`, getRemainingTimeInMillis: () => remaining } as Context;
  const { batchItemFailures } = await tell(event, context);
  const again = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const { id, receipt = '' } of messages) if (!again.has(id)) aws.webhooks.delete(receipt);
  return again.size;
}

let requests = 0;

export function recordOf({ id, body, receiveCount, receipt = '' }: QueueMessage) {
  return { messageId: id, receiptHandle: receipt, body, attributes: { ApproximateReceiveCount: String(receiveCount) } };
}

const doors = {
  create: async () => (await import('../../functions/handlers/http/webhooks/createWebhook.ts')).createWebhook,
  list: async () => (await import('../../functions/handlers/http/webhooks/listWebhooks.ts')).listWebhooks,
  read: async () => (await import('../../functions/handlers/http/webhooks/readWebhook.ts')).readWebhook,
  patch: async () => (await import('../../functions/handlers/http/webhooks/patchWebhook.ts')).patchWebhook,
  remove: async () => (await import('../../functions/handlers/http/webhooks/deleteWebhook.ts')).deleteWebhook,
  attempts: async () => (await import('../../functions/handlers/http/webhooks/readAttempts.ts')).readAttempts,
  test: async () => (await import('../../functions/handlers/http/webhooks/testWebhook.ts')).testWebhook,
  rotate: async () => (await import('../../functions/handlers/http/webhooks/rotateSecret.ts')).rotateSecret,
};

/** A door of the webhooks, called by an admin where nothing else is said. */
export async function webhookDoor(name: keyof typeof doors, id?: string, options: Call = {}): Promise<Answer> {
  return call((await doors[name]()) as never, {
    claims: root,
    ...(id === undefined ? {} : { path: { id } }),
    ...options,
  });
}
