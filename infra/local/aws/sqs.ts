import * as z from 'zod';
import type { Queue } from '../queues/queue.ts';
import type { Queues } from '../queues/queues.ts';
import { AwsRefusal, type AwsService, type Permission } from './awsCall.ts';
import { jsonProtocol } from './jsonProtocol.ts';
import { defineOperation, defineService } from './operations.ts';
import { runBatch } from './sqsBatch.ts';
import { checkTotalSize, receivedMessage, sendMessage, sendResult, sentMessage } from './sqsMessages.ts';
import { createMoveTasks } from './sqsMoves.ts';

const onQueue = z.strictObject({ QueueUrl: z.string() });
const entryId = z.strictObject({ Id: z.string() });
const batchOf = <Entry extends z.ZodType>(entry: Entry) => onQueue.extend({ Entries: z.array(entry) });
const visibility = z.strictObject({ ReceiptHandle: z.string(), VisibilityTimeout: z.number() });

const receiving = z.strictObject({
  MaxNumberOfMessages: z.number().default(1),
  VisibilityTimeout: z.number().optional(),
  /** Nobody is waited for here: who asks again finds what has come. */
  WaitTimeSeconds: z.number().optional(),
});

/** SQS as far as functions use it, and who empties their failure queues; what functions receive is the work of mappings. */
export function sqsService(queues: Queues): AwsService {
  const find = (url: string): Queue => {
    const queue = queues.byUrl(url);
    if (queue !== undefined) return queue;
    throw new AwsRefusal('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  const permit =
    (action: string) =>
    ({ QueueUrl }: { QueueUrl: string }): Permission[] => [
      { action: `sqs:${action}`, resource: find(QueueUrl).definition.arn },
    ];
  const moves = createMoveTasks(queues);
  return defineService(jsonProtocol('1.0'), {
    SendMessage: defineOperation({
      input: onQueue.extend(sentMessage.shape),
      permissions: permit('SendMessage'),
      run: ({ QueueUrl, ...message }, { caller }) =>
        sendResult(sendMessage(find(QueueUrl), message, caller.functionName)),
    }),
    SendMessageBatch: defineOperation({
      input: batchOf(entryId.extend(sentMessage.shape)),
      permissions: permit('SendMessage'),
      run: ({ QueueUrl, Entries }, { caller }) => {
        checkTotalSize(Entries);
        const queue = find(QueueUrl);
        return runBatch(Entries, (entry) => sendResult(sendMessage(queue, entry, caller.functionName)));
      },
    }),
    ReceiveMessage: defineOperation({
      input: onQueue.extend(receiving.shape),
      permissions: permit('ReceiveMessage'),
      run: ({ QueueUrl, MaxNumberOfMessages, VisibilityTimeout }) => ({
        Messages: find(QueueUrl).receive(MaxNumberOfMessages, VisibilityTimeout).map(receivedMessage),
      }),
    }),
    DeleteMessage: defineOperation({
      input: onQueue.extend({ ReceiptHandle: z.string() }),
      permissions: permit('DeleteMessage'),
      run: ({ QueueUrl, ReceiptHandle }) => {
        find(QueueUrl).delete(ReceiptHandle);
        return {};
      },
    }),
    ChangeMessageVisibility: defineOperation({
      input: onQueue.extend(visibility.shape),
      permissions: permit('ChangeMessageVisibility'),
      run: ({ QueueUrl, ...change }) => changeVisibility(find(QueueUrl), change),
    }),
    ChangeMessageVisibilityBatch: defineOperation({
      input: batchOf(entryId.extend(visibility.shape)),
      permissions: permit('ChangeMessageVisibility'),
      run: ({ QueueUrl, Entries }) => {
        const queue = find(QueueUrl);
        return runBatch(Entries, (entry) => changeVisibility(queue, entry));
      },
    }),
    StartMessageMoveTask: defineOperation({
      input: z.strictObject({ SourceArn: z.string() }),
      permissions: ({ SourceArn }) => [{ action: 'sqs:StartMessageMoveTask', resource: SourceArn }],
      run: ({ SourceArn }) => moves.start(SourceArn),
    }),
    ListMessageMoveTasks: defineOperation({
      input: z.strictObject({ SourceArn: z.string(), MaxResults: z.number().default(1) }),
      permissions: ({ SourceArn }) => [{ action: 'sqs:ListMessageMoveTasks', resource: SourceArn }],
      run: ({ SourceArn, MaxResults }) => ({ Results: moves.list(SourceArn, MaxResults) }),
    }),
    GetQueueUrl: defineOperation({
      input: z.strictObject({ QueueName: z.string() }),
      permissions: ({ QueueName }) => [
        { action: 'sqs:GetQueueUrl', resource: named(queues, QueueName).definition.arn },
      ],
      run: ({ QueueName }) => ({ QueueUrl: named(queues, QueueName).definition.url }),
    }),
    GetQueueAttributes: defineOperation({
      input: onQueue.extend({ AttributeNames: z.array(z.string()).optional() }),
      permissions: permit('GetQueueAttributes'),
      run: ({ QueueUrl }) => ({ Attributes: attributesOf(find(QueueUrl)) }),
    }),
  });
}

function named(queues: Queues, name: string): Queue {
  const queue = queues.all.find(({ definition }) => definition.name === name);
  if (queue !== undefined) return queue;
  throw new AwsRefusal('QueueDoesNotExist', 'The specified queue does not exist.');
}

/** @throws {AwsRefusal} */
function changeVisibility(queue: Queue, change: z.infer<typeof visibility>): Record<string, never> {
  if (change.VisibilityTimeout < 0 || change.VisibilityTimeout > 43_200) {
    throw new AwsRefusal(
      'InvalidParameterValue',
      `Value ${change.VisibilityTimeout} for parameter VisibilityTimeout is invalid.`,
    );
  }
  if (queue.changeVisibility(change.ReceiptHandle, change.VisibilityTimeout)) return {};
  throw new AwsRefusal('MessageNotInflight', 'The message referred to is not in flight.');
}

function attributesOf({ definition, messages }: Queue): Record<string, string> {
  const now = Date.now();
  const all = messages();
  const visible = all.filter(({ visibleAt }) => visibleAt <= now).length;
  const delayed = all.filter(({ visibleAt, receiveCount }) => visibleAt > now && receiveCount === 0).length;
  return {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(all.length - visible - delayed),
    QueueArn: definition.arn,
    VisibilityTimeout: String(definition.visibilityTimeoutSeconds),
  };
}
