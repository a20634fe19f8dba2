import { Duration, type Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { drainLeaseSeconds } from '../functions/events/webhook.ts';
import { acknowledge, queueDestination } from './acknowledge.ts';
import { createFailureQueue } from './failureQueue.ts';
import { grantQueue, grantTable } from './grants/grants.ts';
import { createFunction, type Environment, type FunctionDefaults } from './serviceFunction.ts';
import type { Settings } from './settings.ts';
import { webhookWorkers } from './workers.ts';

/** Where other systems are told of events. */
export interface Events {
  /** Of webhooks that have something to be told. */
  readonly queue: Queue;
  readonly failures: Queue;
  /** Undefined where the operator wants none. */
  readonly bus: EventBus | undefined;
}

/** How far each limit lies from a drain's lease. */
const marginSeconds = 15;

/** Of a webhook that fails for three days a message is received some twenty times; what fails otherwise comes sooner. */
const maxReceives = 100;

/** The queue of webhooks, and the bus where there is one. */
export function createEvents(stack: Stack, { eventBus }: Pick<Settings, 'eventBus'>): Events {
  const failures = createFailureQueue(stack, 'WebhookFailures');
  const queue = new Queue(stack, 'Webhooks', {
    visibilityTimeout: Duration.seconds(drainLeaseSeconds + marginSeconds),
    // A pause is a message that is not visible.
    retentionPeriod: Duration.days(14),
    enforceSSL: true,
    deadLetterQueue: { queue: failures, maxReceiveCount: maxReceives },
  });
  return { queue, failures, bus: eventBus ? new EventBus(stack, 'Events') : undefined };
}

/** What tells receivers, each its events one after the other. */
export function createTelling(
  stack: Stack,
  defaults: FunctionDefaults,
  table: Table,
  { queue }: Events,
): LambdaFunction {
  const tell = createFunction(stack, defaults, {
    handler: 'queue/tellWebhook',
    timeout: Duration.seconds(drainLeaseSeconds - marginSeconds),
    environment: { WEBHOOK_QUEUE_URL: queue.queueUrl },
  });
  const mapping = tell.addEventSourceMapping('Queue', {
    eventSourceArn: queue.queueArn,
    batchSize: 10,
    maxConcurrency: webhookWorkers,
    reportBatchItemFailures: true,
  });
  acknowledge(mapping, queueDestination);
  grantQueue(queue, tell, [
    'ReceiveMessage',
    'DeleteMessage',
    'GetQueueAttributes',
    'SendMessage',
    'ChangeMessageVisibility',
  ]);
  grantTable(table, tell, ['UpdateItem', 'Query']);
  return tell;
}

/** The variables of a function that hands events on. */
export function eventEnvironment({ queue, bus }: Events): Environment {
  return { WEBHOOK_QUEUE_URL: queue.queueUrl, ...(bus ? { EVENT_BUS_NAME: bus.eventBusName } : {}) };
}

/** What it may do then; what it reads and writes of webhooks is of the table. */
export function grantEvents(teller: LambdaFunction, table: Table, { queue, bus }: Events): void {
  grantTable(table, teller, ['Query', 'BatchGetItem', 'PutItem']);
  grantQueue(queue, teller, ['SendMessage']);
  if (bus) {
    teller.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }));
  }
}
