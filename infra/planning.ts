import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge, queueDestination } from './acknowledge.ts';
import { type DeliveryQueue, deliveryEnvironment, grantDeliveries } from './deliveries.ts';
import { createFailureQueue } from './failureQueue.ts';
import { grantQueue, grantTable } from './grants/grants.ts';
import { createFunction, type FunctionDefaults } from './serviceFunction.ts';
import { planningWorkers } from './workers.ts';

/** The queue of what is left to plan of large meetings. */
export interface Planning {
  readonly queue: Queue;
  readonly failures: Queue;
}

const timeout = Duration.seconds(30);
const visibilityTimeout = Duration.seconds(60);
const maxReceives = 10;

/** The queue, and the function that plans a part at a time: so nobody's meeting waits for the whole of another's. */
export function createPlanning(
  scope: Construct,
  defaults: FunctionDefaults,
  table: Table,
  deliveries: readonly DeliveryQueue[],
): Planning {
  const failures = createFailureQueue(scope, 'PlanningFailures');
  const deadLetterQueue = { queue: failures, maxReceiveCount: maxReceives };
  const queue = new Queue(scope, 'Planning', { visibilityTimeout, enforceSSL: true, deadLetterQueue });
  const plan = createFunction(scope, defaults, {
    handler: 'queue/plan',
    timeout,
    environment: { ...deliveryEnvironment(scope, deliveries), PLANNING_QUEUE_URL: queue.queueUrl },
  });
  const mapping = plan.addEventSourceMapping('Queue', {
    eventSourceArn: queue.queueArn,
    batchSize: 1,
    maxConcurrency: planningWorkers,
    reportBatchItemFailures: true,
  });
  acknowledge(mapping, queueDestination);
  grantQueue(queue, plan, ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'SendMessage']);
  grantDeliveries(deliveries, plan);
  grantTable(table, plan, ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem']);
  return { queue, failures };
}
