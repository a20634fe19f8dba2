import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import type { Channel } from '../../functions/deliveries/channels/channels.ts';
import { acknowledgeWildcard } from '../acknowledge.ts';
import type { SettingsOfStack } from '../mail/configurationSet.ts';
import type { Settings } from '../settings.ts';
import { grantTable } from './grants.ts';

type Grant = (deliver: LambdaFunction, settings: SettingsOfStack, table: Table) => void;

/** What the worker of each channel needs to send by it; nothing where the settings leave the channel unused. */
export const channelGrants: Readonly<Record<Channel, Grant>> = {
  email: grantMail,
  sms: grantTextMessages,
  push: grantPushes,
};

/**
 * Mail under the one address alone, whatever identities SES holds it against: the sender's, which is the address, its
 * domain or one above, whichever is verified, and in the sandbox the recipient's as well. The
 * configuration set that the call names is asked for too (Service Authorization Reference, "Actions, resources, and
 * condition keys for Amazon SES"; SES developer guide, "Controlling access to Amazon SES").
 */
function grantMail(deliver: LambdaFunction, { mailIdentity, configurationSet }: SettingsOfStack, table: Table): void {
  if (!mailIdentity) return;
  // The letter that says whom mail does not reach.
  grantTable(table, deliver, ['Query']);
  const stack = Stack.of(deliver);
  const ses = (resource: string, resourceName: string) => stack.formatArn({ service: 'ses', resource, resourceName });
  const [identities, sets] = [ses('identity', '*'), ses('configuration-set', configurationSet)];
  acknowledgeWildcard(
    deliver,
    identities,
    'SES asks for recipients’ identities as well; the condition names the sender.',
  );
  deliver.addToRolePolicy(
    new PolicyStatement({
      actions: ['ses:SendRawEmail'],
      resources: [identities, sets],
      conditions: { StringEquals: { 'ses:FromAddress': mailIdentity.address } },
    }),
  );
}

/** A text message has no resource; whatever has one (a topic, an endpoint) is left out. */
function grantTextMessages(deliver: LambdaFunction, { smsService }: Settings, table: Table): void {
  if (!smsService) return;
  // The short link that the text message carries.
  grantTable(table, deliver, ['PutItem']);
  deliver.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:aws:sns:*:*:*'] }));
}

/**
 * AWS documents no resource for what is done to endpoints. It refuses to make, change or delete one on the application
 * ("not authorized to perform: SNS:SetEndpointAttributes on resource: …:app/GCM/…"), and to publish on the endpoint.
 * A device that its application knows no more is removed from the table.
 */
function grantPushes(deliver: LambdaFunction, { pushApplications }: Settings, table: Table): void {
  const applications = Object.values(pushApplications).filter((arn) => arn !== undefined);
  if (applications.length === 0) return;
  grantTable(table, deliver, ['DeleteItem']);
  const endpoints = applications.map((arn) => `${arn.replace(':app/', ':endpoint/')}/*`);
  for (const arn of endpoints) acknowledgeWildcard(deliver, arn, 'All devices of the one application.');
  deliver.addToRolePolicy(
    new PolicyStatement({
      actions: ['sns:CreatePlatformEndpoint', 'sns:SetEndpointAttributes'],
      resources: [...applications],
    }),
  );
  deliver.addToRolePolicy(
    new PolicyStatement({ actions: ['sns:Publish', 'sns:SetEndpointAttributes'], resources: endpoints }),
  );
}
