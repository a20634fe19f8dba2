import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsRefusal } from '../awsCall.ts';
import type { Phones } from '../phones.ts';
import { findEndpoint } from './snsEndpoints.ts';
import { invalidParameter } from './snsRefusal.ts';

const smsLimitCharacters = 1_600;
const pushLimitBytes = 4_096;

/** A message as it is published. */
export const publishedMessage = z.strictObject({
  Message: z.string(),
  PhoneNumber: z.string().optional(),
  TargetArn: z.string().optional(),
  MessageStructure: z.literal('json').optional(),
  MessageAttributes: z
    .record(z.string(), z.object({ DataType: z.string(), StringValue: z.string().optional() }))
    .default({}),
});

type PublishedMessage = z.infer<typeof publishedMessage>;

/** Sends an SMS or a push. @returns the message's id. @throws {AwsRefusal} */
export function publish(phones: Phones, input: PublishedMessage, sentBy: string): string {
  const sent = {
    messageId: randomUUID(),
    sentBy,
    sentAt: new Date().toISOString(),
    attributes: Object.fromEntries(
      Object.entries(input.MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
    ),
  };
  if (input.Message === '') throw invalidParameter('Empty message');
  if (input.PhoneNumber !== undefined) {
    checkSms(input.PhoneNumber, input.Message, sent.attributes);
    phones.sms.keep({ ...sent, phoneNumber: input.PhoneNumber, message: input.Message });
    return sent.messageId;
  }
  const { arn, platform, token, enabled } = findEndpoint(phones, input.TargetArn ?? '');
  if (!enabled) throw new AwsRefusal('EndpointDisabled', 'Endpoint is disabled');
  const payload = payloadFor(platform, input);
  phones.pushes.keep({ ...sent, endpointArn: arn, platform, token, payload });
  return sent.messageId;
}

function checkSms(phoneNumber: string, message: string, attributes: Readonly<Record<string, string>>): void {
  if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber)) {
    throw invalidParameter(`PhoneNumber Reason: ${phoneNumber} is not valid to publish to`);
  }
  if (message.length > smsLimitCharacters) throw invalidParameter('Message too long');
  const senderId = attributes['AWS.SNS.SMS.SenderID'];
  if (senderId !== undefined && !/^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/.test(senderId)) throw invalidParameter('SenderID');
  const smsType = attributes['AWS.SNS.SMS.SMSType'] ?? 'Promotional';
  if (smsType !== 'Promotional' && smsType !== 'Transactional') throw invalidParameter('SMSType');
  const maxPrice = attributes['AWS.SNS.SMS.MaxPrice'] ?? '1';
  if (!/^\d+(\.\d+)?$/.test(maxPrice)) throw invalidParameter('MaxPrice');
}

/** What the endpoint's platform gets of a message: with `MessageStructure` its own part, else the default. */
function payloadFor(platform: string, { Message, MessageStructure }: PublishedMessage): string {
  if (MessageStructure === undefined) return checkPush(JSON.stringify(plainPayload(platform, Message)));
  const parts = z.record(z.string(), z.string()).safeParse(parseOrUndefined(Message));
  if (!parts.success) throw invalidParameter('Message Structure - JSON message body failed to parse');
  if (parts.data.default === undefined)
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  const own = parts.data[platform];
  if (own === undefined) return checkPush(JSON.stringify(plainPayload(platform, parts.data.default)));
  if (parseOrUndefined(own) === undefined) throw invalidParameter(`Message Structure - ${platform} is no JSON`);
  return checkPush(own);
}

function plainPayload(platform: string, message: string): unknown {
  return platform === 'GCM' ? { notification: { body: message } } : { aps: { alert: message } };
}

function checkPush(payload: string): string {
  if (Buffer.byteLength(payload) > pushLimitBytes) throw invalidParameter('Message too long');
  return payload;
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
