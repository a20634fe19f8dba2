import * as z from 'zod';
import type { AwsService, Permission } from '../awsCall.ts';
import { defineOperation, defineService } from '../operations.ts';
import type { Phones } from '../phones.ts';
import { queryProtocol } from '../queryProtocol.ts';
import { createEndpoint, findByToken, findEndpoint, newEndpoint } from './snsEndpoints.ts';
import { publish, publishedMessage } from './snsPublish.ts';
import { invalidParameter } from './snsRefusal.ts';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const onEndpoint = z.strictObject({ EndpointArn: z.string() });
const endpointAttributes = z.strictObject({
  CustomUserData: z.string().optional(),
  Enabled: flag.optional(),
  Token: z.string().optional(),
});

/** SNS as far as phones are concerned: SMS, and push through platform endpoints. */
export function snsService(phones: Phones): AwsService {
  // IAM looks at the application that an endpoint is of, as AWS's own refusals of these calls say.
  const permit =
    (action: string) =>
    ({ EndpointArn }: { EndpointArn: string }): Permission[] => [
      { action: `sns:${action}`, resource: EndpointArn.replace(':endpoint/', ':app/').replace(/\/[^/]*$/, '') },
    ];
  return defineService(queryProtocol('http://sns.amazonaws.com/doc/2010-03-31/'), {
    Publish: defineOperation({
      input: publishedMessage,
      permissions: ({ PhoneNumber, TargetArn }) => [
        { action: 'sns:Publish', resource: PhoneNumber ?? TargetArn ?? '' },
      ],
      run: (input, { caller }) => ({ MessageId: publish(phones, input, caller.functionName) }),
    }),
    CreatePlatformEndpoint: defineOperation({
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
    GetEndpointAttributes: defineOperation({
      input: onEndpoint,
      permissions: permit('GetEndpointAttributes'),
      run: ({ EndpointArn }) => {
        const { token, enabled, customUserData } = findEndpoint(phones, EndpointArn);
        const userData = customUserData !== undefined && { CustomUserData: customUserData };
        return { Attributes: { Token: token, Enabled: String(enabled), ...userData } };
      },
    }),
    SetEndpointAttributes: defineOperation({
      input: onEndpoint.extend({ Attributes: endpointAttributes }),
      permissions: permit('SetEndpointAttributes'),
      run: ({ EndpointArn, Attributes: { CustomUserData, Enabled, Token } }) => {
        const known = findEndpoint(phones, EndpointArn);
        const other = Token === undefined ? undefined : findByToken(phones, known.applicationArn, Token);
        if (other !== undefined && other.arn !== EndpointArn)
          throw invalidParameter(`Token Reason: Endpoint ${other.arn} already exists with the same Token`);
        phones.endpoints.set({
          ...known,
          token: Token ?? known.token,
          enabled: Enabled ?? known.enabled,
          ...(CustomUserData !== undefined && { customUserData: CustomUserData }),
        });
        return {};
      },
    }),
    DeleteEndpoint: defineOperation({
      input: onEndpoint,
      permissions: permit('DeleteEndpoint'),
      run: ({ EndpointArn }) => {
        phones.endpoints.delete(EndpointArn);
        return {};
      },
    }),
  });
}
