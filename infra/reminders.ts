import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { type DeliveryQueue, deliveryEnvironment, grantDeliveries } from './deliveries.ts';
import { grantQueue, grantTable } from './grants/grants.ts';
import type { Planning } from './planning.ts';
import { createSchedules, type Schedules } from './schedules.ts';
import { createFunction, type Environment, type FunctionDefaults } from './serviceFunction.ts';

/** The schedules of all meetings' reminders, and what they wake. */
export function createReminders(
  scope: Construct,
  defaults: FunctionDefaults,
  table: Table,
  deliveries: readonly DeliveryQueue[],
  planning: Planning,
): Schedules {
  const onReminderDue = createFunction(scope, defaults, {
    handler: 'schedule/onReminderDue',
    timeout: Duration.minutes(1),
    environment: { ...deliveryEnvironment(scope, deliveries), PLANNING_QUEUE_URL: planning.queue.queueUrl },
  });
  grantTable(table, onReminderDue, ['GetItem', 'BatchGetItem', 'Query']);
  grantDeliveries(deliveries, onReminderDue);
  grantQueue(planning.queue, onReminderDue, ['SendMessage']);
  return createSchedules(scope, 'Reminder', onReminderDue);
}

/** The variables of a function that keeps the schedules of reminders. */
export function scheduleEnvironment({ group, role, called, failures }: Schedules): Environment {
  return {
    SCHEDULE_GROUP: group.scheduleGroupName,
    SCHEDULE_ROLE_ARN: role.roleArn,
    REMINDER_FUNCTION_ARN: called.functionArn,
    REMINDER_FAILURE_QUEUE_ARN: failures.queueArn,
  };
}
