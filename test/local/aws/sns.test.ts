import {
  CreatePlatformEndpointCommand,
  DeleteEndpointCommand,
  GetEndpointAttributesCommand,
  PublishCommand,
  SetEndpointAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, test } from 'vitest';
import { openPhones, type Phones } from '../../../infra/local/aws/phones.ts';
import { snsService } from '../../../infra/local/aws/sns/sns.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';
import { type AddressTrial, startAddress } from './localAddress.ts';

const gcm = 'arn:aws:sns:eu-west-1:000000000000:app/GCM/meetings';
const apns = 'arn:aws:sns:eu-west-1:000000000000:app/APNS/meetings';

let phones: Phones;
let address: AddressTrial;
let client: SNSClient;

beforeEach(async () => {
  phones = openPhones(temporaryDirectory());
  address = await startAddress({ sns: snsService(phones) });
  client = new SNSClient(address.client);
});

describe('Publish to a phone number', () => {
  test('keeps the message with its attributes', async () => {
    const { MessageId } = await client.send(
      new PublishCommand({
        PhoneNumber: '+34600000001',
        Message: 'Reunió a les 10 <aquí>',
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
          'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: '0.5' },
        },
      }),
    );

    expect(phones.sms.all()).toMatchObject([
      {
        messageId: MessageId,
        phoneNumber: '+34600000001',
        message: 'Reunió a les 10 <aquí>',
        attributes: { 'AWS.SNS.SMS.SMSType': 'Transactional', 'AWS.SNS.SMS.MaxPrice': '0.5' },
      },
    ]);
    expect(address.permissions).toEqual([{ action: 'sns:Publish', resource: '+34600000001' }]);
  });

  test.each([
    ['600000001', 'Hello', {}, 'not valid to publish to'],
    ['+34600000001', '', {}, 'Empty message'],
    ['+34600000001', 'x'.repeat(1_601), {}, 'Message too long'],
    ['+34600000001', 'Hello', { 'AWS.SNS.SMS.SenderID': 'Much too long' }, 'SenderID'],
    ['+34600000001', 'Hello', { 'AWS.SNS.SMS.SMSType': 'Urgent' }, 'SMSType'],
  ])('refuses %s %.10s %j', async (PhoneNumber, Message, attributes, reason) => {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    );

    await expect(client.send(new PublishCommand({ PhoneNumber, Message, MessageAttributes }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(reason),
    });
  });
});

describe('platform endpoints', () => {
  test('give the same endpoint for the same token, and refuse it with other data', async () => {
    const first = await create(gcm, 'token', 'user 1');

    expect(await create(gcm, 'token', 'user 1')).toBe(first);
    expect(await create(gcm, 'other', 'user 1')).not.toBe(first);
    await expect(create(gcm, 'token', 'user 2')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid parameter: Token Reason: Endpoint ${first} already exists with the same Token, but different attributes.`,
    });
  });

  test('are disabled when the platform does not know the token, and enabled by hand', async () => {
    const EndpointArn = await create(gcm, 'token');
    phones.disable('token');

    const push = () => client.send(new PublishCommand({ TargetArn: EndpointArn, Message: 'Hello' }));
    await expect(push()).rejects.toMatchObject({ name: 'EndpointDisabledException' });
    expect(await create(gcm, 'token')).toBe(EndpointArn);
    await client.send(new SetEndpointAttributesCommand({ EndpointArn, Attributes: { Enabled: 'true', Token: 'new' } }));

    await push();
    const { Attributes } = await client.send(new GetEndpointAttributesCommand({ EndpointArn }));
    expect(Attributes).toEqual({ Enabled: 'true', Token: 'new' });
    expect(phones.pushes.all()).toMatchObject([{ endpointArn: EndpointArn, platform: 'GCM', token: 'new' }]);
  });

  test('refuse a token that another endpoint has', async () => {
    const EndpointArn = await create(gcm, 'one');
    await create(gcm, 'two');

    const change = client.send(new SetEndpointAttributesCommand({ EndpointArn, Attributes: { Token: 'two' } }));

    await expect(change).rejects.toMatchObject({
      message: expect.stringContaining('already exists with the same Token'),
    });
  });

  test('are gone when deleted, which may be done twice', async () => {
    const EndpointArn = await create(gcm, 'token');
    await client.send(new DeleteEndpointCommand({ EndpointArn }));
    await client.send(new DeleteEndpointCommand({ EndpointArn }));

    await expect(client.send(new PublishCommand({ TargetArn: EndpointArn, Message: 'Hello' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('of Apple want a token in hexadecimal', async () => {
    await expect(create(apns, 'no hexadecimal')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await create(apns, 'ab'.repeat(32))).toMatch(/:endpoint\/APNS\/meetings\//);
  });

  test('belong to an application that there is', async () => {
    await expect(create('arn:aws:sns:eu-west-1:000000000000:meetings', 'token')).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

describe('Publish to an endpoint', () => {
  test("hands over the platform's own part of a structured message", async () => {
    const TargetArn = await create(apns, 'ab'.repeat(32));
    const payload = { aps: { alert: 'Soon' }, type: 'meeting' };
    const Message = JSON.stringify({ default: 'Soon', GCM: '{}', APNS: JSON.stringify(payload) });

    await client.send(new PublishCommand({ TargetArn, Message, MessageStructure: 'json' }));

    expect(JSON.parse(phones.pushes.all()[0]?.payload ?? '')).toEqual(payload);
    expect(address.permissions.at(-1)).toEqual({ action: 'sns:Publish', resource: TargetArn });
  });

  test('makes a payload of the default where the platform has no part', async () => {
    const TargetArn = await create(gcm, 'token');

    await client.send(new PublishCommand({ TargetArn, Message: '{"default":"Soon"}', MessageStructure: 'json' }));

    expect(phones.pushes.all()[0]?.payload).toBe('{"notification":{"body":"Soon"}}');
  });

  test.each([
    ['{"GCM":"{}"}', 'No default entry'],
    ['not JSON', 'failed to parse'],
    ['{"default":"Soon","GCM":"no JSON"}', 'GCM is no JSON'],
    [JSON.stringify({ default: 'Soon', GCM: JSON.stringify({ data: 'x'.repeat(4_096) }) }), 'Message too long'],
  ])('refuses %.40s', async (Message, reason) => {
    const TargetArn = await create(gcm, 'token');

    const push = client.send(new PublishCommand({ TargetArn, Message, MessageStructure: 'json' }));

    await expect(push).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(reason),
    });
  });
});

async function create(PlatformApplicationArn: string, Token: string, CustomUserData?: string): Promise<string> {
  const { EndpointArn } = await client.send(
    new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token, CustomUserData }),
  );
  return EndpointArn ?? '';
}
