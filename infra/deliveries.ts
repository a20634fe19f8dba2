import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { channels } from '../functions/deliveries/channels/channels.ts';
import { leaseSeconds } from '../functions/deliveries/delivery.ts';
import { channelGrants } from './channelGrants.ts';
import { createFailureQueue } from './failureQueue.ts';
import { grantQueue, grantTable } from './grants.ts';
import { createFunction, type FunctionDefaults } from './serviceFunction.ts';
import type { Settings } from './settings.ts';

/** How far each limit lies from a claim's lease. */
const marginSeconds = 15;
const deliverTimeout = Duration.seconds(leaseSeconds - marginSeconds);
const visibilityTimeout = Duration.seconds(leaseSeconds + marginSeconds);

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
    environment: { DELIVERY_MAX_RECEIVES: String(maxReceives), DELIVERY_QUEUE_URL: queue.queueUrl },
  });
  deliver.addEventSourceMapping('Queue', {
    eventSourceArn: queue.queueArn,
    batchSize: 10,
    maxConcurrency,
    reportBatchItemFailures: true,
  });
  // What a mapping needs, and no more (AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping").
  grantQueue(queue, deliver, ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']);
  // What is postponed is sent anew.
  grantQueue(queue, deliver, ['SendMessage']);
  grantTable(table, deliver, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']);
  for (const { name } of channels) channelGrants[name](deliver, settings);
  return deliver;
}
