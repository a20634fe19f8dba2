import { createHash } from 'node:crypto';
import * as z from 'zod';
import { md5Of, messageAttribute, type Queue, type QueueMessage } from '../queues/queue.ts';
import type { Queues } from '../queues/queues.ts';
import { AwsRefusal, type AwsService, type Permission } from './awsCall.ts';
import { jsonProtocol } from './jsonProtocol.ts';
import { defineService, operation } from './operations.ts';

const batchLimitBytes = 1_048_576;
const entryLimit = 10;
const forbiddenCharacters = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const delaySeconds = z.number().optional();
const attributes = z.record(z.string(), messageAttribute).default({});
const sent = z.strictObject({ MessageBody: z.string(), DelaySeconds: delaySeconds, MessageAttributes: attributes });
const onQueue = z.strictObject({ QueueUrl: z.string() });
const entryId = z.strictObject({ Id: z.string() });
const batchOf = <Entry extends z.ZodType>(entry: Entry) => onQueue.extend({ Entries: z.array(entry) });
const visibility = z.strictObject({ ReceiptHandle: z.string(), VisibilityTimeout: z.number() });

type Sent = z.infer<typeof sent>;

/** SQS as far as functions use it; receiving is the work of its mappings. */
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
  return defineService(jsonProtocol('1.0'), {
    SendMessage: operation({
      input: onQueue.extend(sent.shape),
      permissions: permit('SendMessage'),
      run: ({ QueueUrl, ...message }, { caller }) => resultOf(sendOne(find(QueueUrl), message, caller.functionName)),
    }),
    SendMessageBatch: operation({
      input: batchOf(entryId.extend(sent.shape)),
      permissions: permit('SendMessage'),
      run: ({ QueueUrl, Entries }, { caller }) => {
        checkTotalSize(Entries);
        const queue = find(QueueUrl);
        return eachOf(Entries, (entry) => resultOf(sendOne(queue, entry, caller.functionName)));
      },
    }),
    DeleteMessage: operation({
      input: onQueue.extend({ ReceiptHandle: z.string() }),
      permissions: permit('DeleteMessage'),
      run: ({ QueueUrl, ReceiptHandle }) => {
        find(QueueUrl).delete(ReceiptHandle);
        return {};
      },
    }),
    ChangeMessageVisibility: operation({
      input: onQueue.extend(visibility.shape),
      permissions: permit('ChangeMessageVisibility'),
      run: ({ QueueUrl, ...change }) => changeVisibility(find(QueueUrl), change),
    }),
    ChangeMessageVisibilityBatch: operation({
      input: batchOf(entryId.extend(visibility.shape)),
      permissions: permit('ChangeMessageVisibility'),
      run: ({ QueueUrl, Entries }) => {
        const queue = find(QueueUrl);
        return eachOf(Entries, (entry) => changeVisibility(queue, entry));
      },
    }),
    GetQueueUrl: operation({
      input: z.strictObject({ QueueName: z.string() }),
      permissions: ({ QueueName }) => [
        { action: 'sqs:GetQueueUrl', resource: named(queues, QueueName).definition.arn },
      ],
      run: ({ QueueName }) => ({ QueueUrl: named(queues, QueueName).definition.url }),
    }),
    GetQueueAttributes: operation({
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
function sendOne(queue: Queue, { MessageBody, DelaySeconds, MessageAttributes }: Sent, senderId: string): QueueMessage {
  const refuse = (message: string) => new AwsRefusal('InvalidParameterValue', message);
  const limit = queue.definition.maximumMessageBytes;
  if (MessageBody === '')
    throw new AwsRefusal('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (sizeOf({ MessageBody, MessageAttributes }) > limit) {
    throw refuse(`One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`);
  }
  if (forbiddenCharacters.test(MessageBody))
    throw new AwsRefusal('InvalidMessageContents', 'Invalid characters found.');
  if (DelaySeconds !== undefined && (DelaySeconds < 0 || DelaySeconds > 900 || !Number.isInteger(DelaySeconds))) {
    throw refuse(
      `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  }
  return queue.send({ body: MessageBody, attributes: MessageAttributes, senderId }, DelaySeconds);
}

function resultOf({ id, body, attributes: sentAttributes }: QueueMessage): Record<string, string> {
  const digest = md5OfAttributes(sentAttributes);
  return {
    MessageId: id,
    MD5OfMessageBody: md5Of(body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
  };
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

/** Does each entry of a batch; what one is refused fails it alone. */
function eachOf<Entry extends { Id: string }>(
  entries: readonly Entry[],
  act: (entry: Entry) => Record<string, unknown>,
) {
  const refuse = (kind: string, message: string) => new AwsRefusal(kind, message);
  if (entries.length === 0) throw refuse('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > entryLimit)
    throw refuse('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${entryLimit}.`);
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw refuse('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  if (entries.some(({ Id }) => !/^[\w-]{1,80}$/.test(Id))) {
    throw refuse(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores.',
    );
  }
  const Successful: Record<string, unknown>[] = [];
  const Failed: Record<string, unknown>[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsRefusal)) throw error;
      Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

function checkTotalSize(entries: readonly Sent[]): void {
  const total = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (total <= batchLimitBytes) return;
  throw new AwsRefusal(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${batchLimitBytes} bytes. You have sent ${total} bytes.`,
  );
}

function sizeOf({ MessageBody, MessageAttributes }: Pick<Sent, 'MessageBody' | 'MessageAttributes'>): number {
  let size = Buffer.byteLength(MessageBody);
  for (const [name, { DataType, StringValue = '', BinaryValue = '' }] of Object.entries(MessageAttributes)) {
    size += Buffer.byteLength(name) + DataType.length + Buffer.byteLength(StringValue) + (BinaryValue.length * 3) / 4;
  }
  return size;
}

/** SQS's digest of attributes: by name, each part after its length in four bytes, with a byte that tells text from binary. */
function md5OfAttributes(sentAttributes: QueueMessage['attributes']): string | undefined {
  const names = Object.keys(sentAttributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (part: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hash.update(length).update(part);
  };
  for (const name of names) {
    const attribute = sentAttributes[name];
    if (attribute === undefined) continue;
    const isBinary = attribute.DataType.startsWith('Binary');
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    add(isBinary ? Buffer.from(attribute.BinaryValue ?? '', 'base64') : Buffer.from(attribute.StringValue ?? ''));
  }
  return hash.digest('hex');
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
