import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeliveryQueue } from './deliveries.ts';
import { createFailureQueue } from './failureQueue.ts';
import { grantTable } from './grants.ts';
import { createFunction, type Environment, type FunctionDefaults } from './serviceFunction.ts';

/** The schedules of all meetings, what they wake, and the one role in which they do so. */
export interface Reminders {
  readonly group: ScheduleGroup;
  readonly role: Role;
  readonly onReminderDue: LambdaFunction;
  readonly failures: Queue;
}

export function createReminders(
  scope: Construct,
  defaults: FunctionDefaults,
  table: Table,
  { queue }: DeliveryQueue,
): Reminders {
  const failures = createFailureQueue(scope, 'ReminderFailures');
  const onReminderDue = createFunction(scope, defaults, {
    handler: 'reminders/onReminderDue',
    timeout: Duration.minutes(1),
    environment: { DELIVERY_QUEUE_URL: queue.queueUrl },
  });
  onReminderDue.configureAsyncInvoke({ retryAttempts: 2, onFailure: new SqsDestination(failures) });
  grantTable(table, onReminderDue, ['GetItem', 'BatchGetItem', 'Query']);
  queue.grantSendMessages(onReminderDue);
  const group = new ScheduleGroup(scope, 'Reminders');
  return { group, onReminderDue, failures, role: createRole(scope, onReminderDue, failures) };
}

/** Scheduler acts for this account alone, on this function alone. */
function createRole(scope: Construct, onReminderDue: LambdaFunction, failures: Queue): Role {
  const { account } = Stack.of(scope);
  const role = new Role(scope, 'ReminderRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [onReminderDue.functionArn] }));
  failures.grantSendMessages(role);
  return role;
}

/** Lets a function keep the schedules of meetings, and hand their role to Scheduler and to nobody else. */
export function grantSchedules(keeper: LambdaFunction, { group, role }: Reminders): void {
  const schedules = Stack.of(keeper).formatArn({
    service: 'scheduler',
    resource: 'schedule',
    resourceName: `${group.scheduleGroupName}/*`,
  });
  keeper.addToRolePolicy(
    new PolicyStatement({
      actions: ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule'],
      resources: [schedules],
    }),
  );
  keeper.addToRolePolicy(
    new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    }),
  );
}

/** The variables of a function that keeps schedules. */
export function scheduleEnvironment({ group, role, onReminderDue, failures }: Reminders): Environment {
  return {
    SCHEDULE_GROUP: group.scheduleGroupName,
    SCHEDULE_ROLE_ARN: role.roleArn,
    REMINDER_FUNCTION_ARN: onReminderDue.functionArn,
    REMINDER_FAILURE_QUEUE_ARN: failures.queueArn,
  };
}
