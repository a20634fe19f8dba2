import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsRefusal, type AwsService, type Permission } from './awsCall.ts';
import { defineService, operation } from './operations.ts';
import type { Phones, PlatformEndpoint } from './phones.ts';
import { queryProtocol } from './queryProtocol.ts';

const smsLimitCharacters = 1_600;
const pushLimitBytes = 4_096;
const applicationArn = /^arn:aws:sns:[\w-]+:\d{12}:app\/(GCM|APNS|APNS_SANDBOX)\/[\w.-]{1,256}$/;
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const published = z.strictObject({
  Message: z.string(),
  PhoneNumber: z.string().optional(),
  TargetArn: z.string().optional(),
  MessageStructure: z.literal('json').optional(),
  MessageAttributes: z
    .record(z.string(), z.object({ DataType: z.string(), StringValue: z.string().optional() }))
    .default({}),
});
const onEndpoint = z.strictObject({ EndpointArn: z.string() });
const endpointAttributes = z.strictObject({
  CustomUserData: z.string().optional(),
  Enabled: flag.optional(),
  Token: z.string().optional(),
});

type Published = z.infer<typeof published>;

/** SNS as far as phones are concerned: SMS, and push through platform endpoints. */
export function snsService(phones: Phones): AwsService {
  const permit =
    (action: string) =>
    ({ EndpointArn }: { EndpointArn: string }): Permission[] => [{ action: `sns:${action}`, resource: EndpointArn }];
  return defineService(queryProtocol('http://sns.amazonaws.com/doc/2010-03-31/'), {
    Publish: operation({
      input: published,
      permissions: ({ PhoneNumber, TargetArn }) => [
        { action: 'sns:Publish', resource: PhoneNumber ?? TargetArn ?? '' },
      ],
      run: (input, { caller }) => ({ MessageId: publish(phones, input, caller.functionName) }),
    }),
    CreatePlatformEndpoint: operation({
      input: z.strictObject({
        PlatformApplicationArn: z.string(),
        Token: z.string(),
        CustomUserData: z.string().optional(),
        Attributes: endpointAttributes.omit({ Token: true }).default({}),
      }),
      permissions: ({ PlatformApplicationArn }) => [
        { action: 'sns:CreatePlatformEndpoint', resource: PlatformApplicationArn },
      ],
      run: ({ PlatformApplicationArn, Token, CustomUserData, Attributes }) => {
        const customUserData = CustomUserData ?? Attributes.CustomUserData;
        const wanted = newEndpoint(PlatformApplicationArn, Token, customUserData, Attributes.Enabled ?? true);
        return { EndpointArn: createEndpoint(phones, wanted, Attributes.Enabled) };
      },
    }),
    GetEndpointAttributes: operation({
      input: onEndpoint,
      permissions: permit('GetEndpointAttributes'),
      run: ({ EndpointArn }) => {
        const { token, enabled, customUserData } = find(phones, EndpointArn);
        const userData = customUserData !== undefined && { CustomUserData: customUserData };
        return { Attributes: { Token: token, Enabled: String(enabled), ...userData } };
      },
    }),
    SetEndpointAttributes: operation({
      input: onEndpoint.extend({ Attributes: endpointAttributes }),
      permissions: permit('SetEndpointAttributes'),
      run: ({ EndpointArn, Attributes: { CustomUserData, Enabled, Token } }) => {
        const known = find(phones, EndpointArn);
        const other = Token === undefined ? undefined : findByToken(phones, known.applicationArn, Token);
        if (other !== undefined && other.arn !== EndpointArn)
          throw refuse(`Token Reason: Endpoint ${other.arn} already exists with the same Token`);
        phones.endpoints.set({
          ...known,
          token: Token ?? known.token,
          enabled: Enabled ?? known.enabled,
          ...(CustomUserData !== undefined && { customUserData: CustomUserData }),
        });
        return {};
      },
    }),
    DeleteEndpoint: operation({
      input: onEndpoint,
      permissions: permit('DeleteEndpoint'),
      run: ({ EndpointArn }) => {
        phones.endpoints.delete(EndpointArn);
        return {};
      },
    }),
  });
}

function publish(phones: Phones, input: Published, sentBy: string): string {
  const sent = {
    messageId: randomUUID(),
    sentBy,
    sentAt: new Date().toISOString(),
    attributes: Object.fromEntries(
      Object.entries(input.MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
    ),
  };
  if (input.Message === '') throw refuse('Empty message');
  if (input.PhoneNumber !== undefined) {
    checkSms(input.PhoneNumber, input.Message, sent.attributes);
    phones.sms.keep({ ...sent, phoneNumber: input.PhoneNumber, message: input.Message });
    return sent.messageId;
  }
  const { arn, platform, token, enabled } = find(phones, input.TargetArn ?? '');
  if (!enabled) throw new AwsRefusal('EndpointDisabled', 'Endpoint is disabled');
  const payload = payloadFor(platform, input);
  phones.pushes.keep({ ...sent, endpointArn: arn, platform, token, payload });
  return sent.messageId;
}

function checkSms(phoneNumber: string, message: string, attributes: Readonly<Record<string, string>>): void {
  if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber)) {
    throw refuse(`PhoneNumber Reason: ${phoneNumber} is not valid to publish to`);
  }
  if (message.length > smsLimitCharacters) throw refuse('Message too long');
  const senderId = attributes['AWS.SNS.SMS.SenderID'];
  if (senderId !== undefined && !/^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/.test(senderId)) throw refuse('SenderID');
  const smsType = attributes['AWS.SNS.SMS.SMSType'] ?? 'Promotional';
  if (smsType !== 'Promotional' && smsType !== 'Transactional') throw refuse('SMSType');
  const maxPrice = attributes['AWS.SNS.SMS.MaxPrice'] ?? '1';
  if (!/^\d+(\.\d+)?$/.test(maxPrice)) throw refuse('MaxPrice');
}

/** What the endpoint's platform gets of a message: with `MessageStructure` its own part, else the default. */
function payloadFor(platform: string, { Message, MessageStructure }: Published): string {
  if (MessageStructure === undefined) return checkPush(JSON.stringify(plainPayload(platform, Message)));
  const parts = z.record(z.string(), z.string()).safeParse(parseOrUndefined(Message));
  if (!parts.success) throw refuse('Message Structure - JSON message body failed to parse');
  if (parts.data.default === undefined) throw refuse('Message Structure - No default entry in JSON message body');
  const own = parts.data[platform];
  if (own === undefined) return checkPush(JSON.stringify(plainPayload(platform, parts.data.default)));
  if (parseOrUndefined(own) === undefined) throw refuse(`Message Structure - ${platform} is no JSON`);
  return checkPush(own);
}

function plainPayload(platform: string, message: string): unknown {
  return platform === 'GCM' ? { notification: { body: message } } : { aps: { alert: message } };
}

function checkPush(payload: string): string {
  if (Buffer.byteLength(payload) > pushLimitBytes) throw refuse('Message too long');
  return payload;
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function newEndpoint(
  application: string,
  token: string,
  customUserData: string | undefined,
  enabled: boolean,
): PlatformEndpoint {
  const platform = applicationArn.exec(application)?.[1];
  if (platform === undefined) throw new AwsRefusal('NotFound', 'PlatformApplication does not exist', 404);
  if (platform !== 'GCM' && !/^([0-9a-f]{2}){1,200}$/i.test(token)) {
    throw refuse('Token Reason: iOS device tokens must be no more than 400 hexadecimal characters');
  }
  if (token === '') throw refuse('Token');
  const arn = `${application.replace(':app/', ':endpoint/')}/${randomUUID()}`;
  return {
    arn,
    applicationArn: application,
    platform,
    token,
    enabled,
    ...(customUserData !== undefined && { customUserData }),
  };
}

/**
 * The same token and attributes give the endpoint that is there, disabled or not; other attributes are refused.
 *
 * @param enabled what the caller says of it, where he says anything
 */
function createEndpoint(phones: Phones, wanted: PlatformEndpoint, enabled: boolean | undefined): string {
  const known = findByToken(phones, wanted.applicationArn, wanted.token);
  if (known === undefined) {
    phones.endpoints.set(wanted);
    return wanted.arn;
  }
  const isSame = known.enabled === (enabled ?? known.enabled) && known.customUserData === wanted.customUserData;
  if (isSame) return known.arn;
  throw refuse(`Token Reason: Endpoint ${known.arn} already exists with the same Token, but different attributes.`);
}

function findByToken(phones: Phones, application: string, token: string): PlatformEndpoint | undefined {
  return phones.endpoints.all().find((known) => known.applicationArn === application && known.token === token);
}

function find(phones: Phones, arn: string): PlatformEndpoint {
  const endpoint = phones.endpoints.get(arn);
  if (endpoint === undefined) throw new AwsRefusal('NotFound', 'Endpoint does not exist', 404);
  return endpoint;
}

function refuse(what: string): AwsRefusal {
  return new AwsRefusal('InvalidParameter', `Invalid parameter: ${what}`);
}
