import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createFailureQueue } from './failureQueue.ts';
import { grantQueue, grantTable } from './grants.ts';
import { createFunction, type FunctionDefaults } from './serviceFunction.ts';
import type { Settings } from './settings.ts';

/** Seconds. A claim's lease (45 s) lies between the two, so that a killed delivery is taken over when it comes again. */
const deliverTimeout = Duration.seconds(30);
const visibilityTimeout = Duration.seconds(60);

/** About ten minutes of trouble at SES or SNS, after which a delivery counts as failed. */
const maxReceives = 10;

/** A new account has ten concurrent executions in all, and a mapping's least bound is two. */
const maxConcurrency = 2;

/** The queue of everything that is sent to people. */
export interface DeliveryQueue {
  readonly queue: Queue;
  readonly failures: Queue;
}

export function createDeliveryQueue(scope: Construct): DeliveryQueue {
  const failures = createFailureQueue(scope, 'DeliveryFailures');
  const queue = new Queue(scope, 'Deliveries', {
    visibilityTimeout,
    enforceSSL: true,
    deadLetterQueue: { queue: failures, maxReceiveCount: maxReceives },
  });
  return { queue, failures };
}

/** The worker behind the queue: it claims, renders, sends and marks. */
export function createDelivering(
  scope: Construct,
  defaults: FunctionDefaults,
  settings: Settings,
  table: Table,
  { queue }: DeliveryQueue,
): LambdaFunction {
  const deliver = createFunction(scope, defaults, {
    handler: 'queue/deliver',
    timeout: deliverTimeout,
    memoryMegabytes: 1_024,
    environment: { DELIVERY_MAX_RECEIVES: String(maxReceives) },
  });
  deliver.addEventSourceMapping('Queue', {
    eventSourceArn: queue.queueArn,
    batchSize: 10,
    maxConcurrency,
    reportBatchItemFailures: true,
  });
  // What a mapping needs, and no more (AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping").
  grantQueue(queue, deliver, ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']);
  grantTable(table, deliver, ['GetItem', 'UpdateItem', 'DeleteItem']);
  if (settings.mailIdentity) grantMail(deliver, settings.mailIdentity.address, settings.configurationSet);
  if (settings.smsService) grantTextMessages(deliver);
  grantPushes(
    deliver,
    Object.values(settings.pushApplications).filter((arn) => arn !== undefined),
  );
  return deliver;
}

/** Mail only from the identity, under its own address, with its configuration set. */
function grantMail(deliver: LambdaFunction, address: string, configurationSet: string | undefined): void {
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
function grantTextMessages(deliver: LambdaFunction): void {
  deliver.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:aws:sns:*:*:*'] }));
}

function grantPushes(deliver: LambdaFunction, applications: readonly string[]): void {
  if (applications.length === 0) return;
  const endpoints = applications.map((arn) => `${arn.replace(':app/', ':endpoint/')}/*`);
  deliver.addToRolePolicy(
    new PolicyStatement({ actions: ['sns:CreatePlatformEndpoint'], resources: [...applications] }),
  );
  deliver.addToRolePolicy(
    new PolicyStatement({ actions: ['sns:Publish', 'sns:SetEndpointAttributes'], resources: endpoints }),
  );
}
