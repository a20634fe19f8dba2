import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { type DeliveryQueue, deliveryEnvironment, grantDeliveries } from './deliveries.ts';
import { type Events, eventEnvironment, grantEvents } from './events.ts';
import { grantQueue, grantTable } from './grants/grants.ts';
import type { Planning } from './planning.ts';
import { createSchedules, grantSchedules, type Schedules } from './schedules.ts';
import { createFunction, type Environment, type FunctionDefaults } from './serviceFunction.ts';

/** The schedules of all meetings' reminders, and what they wake. */
export function createReminders(
  scope: Construct,
  defaults: FunctionDefaults,
  table: Table,
  deliveries: readonly DeliveryQueue[],
  planning: Planning,
  events: Events,
): Schedules {
  const onReminderDue = createFunction(scope, defaults, {
    handler: 'schedule/onReminderDue',
    timeout: Duration.minutes(1),
    environment: {
      ...deliveryEnvironment(scope, deliveries),
      PLANNING_QUEUE_URL: planning.queue.queueUrl,
      ...eventEnvironment(events),
    },
  });
  grantTable(table, onReminderDue, ['GetItem', 'BatchGetItem', 'Query']);
  grantDeliveries(deliveries, onReminderDue);
  grantQueue(planning.queue, onReminderDue, ['SendMessage']);
  grantEvents(onReminderDue, table, events);
  const schedules = createSchedules(scope, 'Reminder', onReminderDue);
  // It sets the schedule that called it to what comes next.
  for (const [name, value] of Object.entries(ownScheduleEnvironment(schedules)))
    onReminderDue.addEnvironment(name, value);
  grantSchedules(onReminderDue, schedules);
  return schedules;
}

/** A function knows its own ARN by the call alone: named here, the template would lead from it to itself. */
function ownScheduleEnvironment({ group, role, failures }: Schedules) {
  return {
    SCHEDULE_GROUP: group.scheduleGroupName,
    SCHEDULE_ROLE_ARN: role.roleArn,
    REMINDER_FAILURE_QUEUE_ARN: failures.queueArn,
  } satisfies Environment;
}

/** The variables of a function that keeps the schedules of reminders. */
export function scheduleEnvironment(schedules: Schedules): Environment {
  return { ...ownScheduleEnvironment(schedules), REMINDER_FUNCTION_ARN: schedules.called.functionArn };
}
