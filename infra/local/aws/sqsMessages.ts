import { createHash } from 'node:crypto';
import * as z from 'zod';
import { md5Of, messageAttribute, type Queue, type QueueMessage } from '../queues/queue.ts';
import { AwsRefusal } from './awsCall.ts';

const batchLimitBytes = 1_048_576;
const groupId = /^[!-~]{1,128}$/;
const forbiddenCharacters = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** A message as it is sent. */
export const sentMessage = z.strictObject({
  MessageBody: z.string(),
  DelaySeconds: z.number().optional(),
  MessageGroupId: z.string().optional(),
  MessageAttributes: z.record(z.string(), messageAttribute).default({}),
});

export type SentMessage = z.infer<typeof sentMessage>;

/** Puts a message into a queue. @throws {AwsRefusal} for what SQS refuses of it */
export function sendMessage(
  queue: Queue,
  { MessageBody, DelaySeconds, MessageGroupId, MessageAttributes }: SentMessage,
  senderId: string,
): QueueMessage {
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
  if (MessageGroupId !== undefined && !groupId.test(MessageGroupId)) {
    throw refuse(
      `Value ${MessageGroupId} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  }
  const group = MessageGroupId === undefined ? {} : { group: MessageGroupId };
  return queue.send({ body: MessageBody, attributes: MessageAttributes, senderId, ...group }, DelaySeconds);
}

/** What the sender is told, so that they can see that nothing was harmed. */
export function sendResult({ id, body, attributes }: QueueMessage): Record<string, string> {
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: id,
    MD5OfMessageBody: md5Of(body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
  };
}

/** A message as whoever asks for it gets it. */
export function receivedMessage({ id, body, receipt }: QueueMessage): Record<string, string | undefined> {
  return { MessageId: id, ReceiptHandle: receipt, MD5OfBody: md5Of(body), Body: body };
}

/** @throws {AwsRefusal} where the messages of one call are too large together */
export function checkTotalSize(entries: readonly SentMessage[]): void {
  const total = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (total <= batchLimitBytes) return;
  throw new AwsRefusal(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${batchLimitBytes} bytes. You have sent ${total} bytes.`,
  );
}

function sizeOf({ MessageBody, MessageAttributes }: Pick<SentMessage, 'MessageBody' | 'MessageAttributes'>): number {
  let size = Buffer.byteLength(MessageBody);
  for (const [name, { DataType, StringValue = '', BinaryValue = '' }] of Object.entries(MessageAttributes)) {
    size += Buffer.byteLength(name) + DataType.length + Buffer.byteLength(StringValue) + (BinaryValue.length * 3) / 4;
  }
  return size;
}

/** SQS's digest of attributes: by name, each part after its length in four bytes, with a byte that tells text from binary. */
function md5OfAttributes(attributes: QueueMessage['attributes']): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (part: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hash.update(length).update(part);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    const isBinary = attribute.DataType.startsWith('Binary');
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    add(isBinary ? Buffer.from(attribute.BinaryValue ?? '', 'base64') : Buffer.from(attribute.StringValue ?? ''));
  }
  return hash.digest('hex');
}
