import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import type { Channel } from '../functions/deliveries/channels/channels.ts';
import { grantTable } from './grants.ts';
import type { Settings } from './settings.ts';

type Grant = (deliver: LambdaFunction, settings: Settings, table: Table) => void;

/** What the worker of each channel needs to send by it; nothing where the settings leave the channel unused. */
export const channelGrants: Readonly<Record<Channel, Grant>> = {
  email: grantMail,
  sms: grantTextMessages,
  push: grantPushes,
};

/** Mail only from the identity, under its own address, with its configuration set. */
function grantMail(deliver: LambdaFunction, { mailIdentity, configurationSet }: Settings): void {
  if (!mailIdentity) return;
  const { address } = mailIdentity;
  const stack = Stack.of(deliver);
  const ses = (resource: string, resourceName: string) => stack.formatArn({ service: 'ses', resource, resourceName });
  const domain = address.slice(address.indexOf('@') + 1);
  deliver.addToRolePolicy(
    new PolicyStatement({
      actions: ['ses:SendRawEmail'],
      resources: [
        ses('identity', address),
        ses('identity', domain),
        ...(configurationSet ? [ses('configuration-set', configurationSet)] : []),
      ],
      conditions: { StringEquals: { 'ses:FromAddress': address } },
    }),
  );
}

/** A text message has no resource; whatever has one (a topic, an endpoint) is left out. */
function grantTextMessages(deliver: LambdaFunction, { smsService }: Settings): void {
  if (!smsService) return;
  deliver.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:aws:sns:*:*:*'] }));
}

/** The device whose application knows it no more is removed. */
function grantPushes(deliver: LambdaFunction, { pushApplications }: Settings, table: Table): void {
  const applications = Object.values(pushApplications).filter((arn) => arn !== undefined);
  if (applications.length === 0) return;
  grantTable(table, deliver, ['DeleteItem']);
  const endpoints = applications.map((arn) => `${arn.replace(':app/', ':endpoint/')}/*`);
  deliver.addToRolePolicy(
    new PolicyStatement({ actions: ['sns:CreatePlatformEndpoint'], resources: [...applications] }),
  );
  deliver.addToRolePolicy(
    new PolicyStatement({ actions: ['sns:Publish', 'sns:SetEndpointAttributes'], resources: endpoints }),
  );
}
