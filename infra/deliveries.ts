import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ChannelDefinition } from '../functions/deliveries/channels/channel.ts';
import { type Channel, channels } from '../functions/deliveries/channels/channels.ts';
import { leaseSeconds } from '../functions/deliveries/delivery.ts';
import { paceOf } from '../functions/deliveries/pace.ts';
import { acknowledge, queueDestination } from './acknowledge.ts';
import { createFailureQueue } from './failureQueue.ts';
import { channelGrants } from './grants/channelGrants.ts';
import { grantQueue, grantTable } from './grants/grants.ts';
import type { SettingsOfStack } from './mail/configurationSet.ts';
import { createFunction, type Environment, type FunctionDefaults } from './serviceFunction.ts';
import { workerMegabytes } from './workers.ts';

/** How far each limit lies from a claim's lease. */
const marginSeconds = 15;
const deliverTimeout = Duration.seconds(leaseSeconds - marginSeconds);
const visibilityTimeout = Duration.seconds(leaseSeconds + marginSeconds);

/** About ten minutes of trouble at SES or SNS, after which a delivery counts as failed. */
const maxReceives = 10;

/** The queue of what is sent by one channel: no push waits behind mails. */
export interface DeliveryQueue {
  readonly channel: Channel;
  readonly queue: Queue;
  readonly failures: Queue;
  /** As its channel's. */
  readonly mostPerSecond: ChannelDefinition['mostPerSecond'];
}

/** One for each channel, as `EmailDeliveries`. */
export function createDeliveryQueues(scope: Construct): DeliveryQueue[] {
  return channels.map(({ name: channel, mostPerSecond }) => {
    const failures = createFailureQueue(scope, `${capitalized(channel)}DeliveryFailures`);
    const queue = new Queue(scope, `${capitalized(channel)}Deliveries`, {
      visibilityTimeout,
      enforceSSL: true,
      deadLetterQueue: { queue: failures, maxReceiveCount: maxReceives },
    });
    return { channel, queue, failures, mostPerSecond };
  });
}

/** The variable of a function that queues deliveries. */
export function deliveryEnvironment(scope: Construct, queues: readonly DeliveryQueue[]): Environment {
  const urls = Object.fromEntries(queues.map(({ channel, queue }) => [channel, queue.queueUrl]));
  return { DELIVERY_QUEUE_URLS: Stack.of(scope).toJsonString(urls) };
}

/** What it may do then. */
export function grantDeliveries(queues: readonly DeliveryQueue[], grantee: IGrantable): void {
  for (const { queue } of queues) grantQueue(queue, grantee, ['SendMessage']);
}

/** The worker behind each queue, of one code, as `DeliverEmail`: it claims, renders, sends and marks. */
export function createDelivering(
  scope: Construct,
  defaults: FunctionDefaults,
  settings: SettingsOfStack,
  table: Table,
  queues: readonly DeliveryQueue[],
): LambdaFunction[] {
  return queues.map((own) => {
    const { channel, queue, mostPerSecond } = own;
    const pace = paceOf(mostPerSecond?.(settings));
    const deliver = createFunction(scope, defaults, {
      handler: 'queue/deliver',
      name: `Deliver${capitalized(channel)}`,
      timeout: deliverTimeout,
      memoryMegabytes: workerMegabytes(pace),
      environment: { DELIVERY_MAX_RECEIVES: String(maxReceives), ...deliveryEnvironment(scope, [own]) },
    });
    const mapping = deliver.addEventSourceMapping('Queue', {
      eventSourceArn: queue.queueArn,
      batchSize: pace.batchSize,
      maxConcurrency: pace.workers,
      reportBatchItemFailures: true,
    });
    acknowledge(mapping, queueDestination);
    // What a mapping needs, and no more (AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping").
    grantQueue(queue, deliver, ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']);
    // What is postponed is queued anew.
    grantDeliveries([own], deliver);
    grantTable(table, deliver, ['GetItem', 'UpdateItem']);
    channelGrants[channel](deliver, settings, table);
    return deliver;
  });
}

function capitalized(channel: string): string {
  return channel.charAt(0).toUpperCase() + channel.slice(1);
}
