import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.ts';
import { createFailureQueue, failuresOfFunction } from './failureQueue.ts';
import { grantQueue } from './grants/grants.ts';

/** Schedules of one kind, what they call, and the one role in which they do so. */
export interface Schedules {
  readonly group: ScheduleGroup;
  readonly role: Role;
  readonly called: LambdaFunction;
  readonly failures: Queue;
}

/**
 * A group of schedules that call a function. Scheduler hands a call over and is done, so that what the
 * function fails at goes to the same failure queue as what cannot be handed over.
 *
 * @param kind begins the ids of what is made
 */
export function createSchedules(scope: Construct, kind: string, called: LambdaFunction): Schedules {
  const failures = createFailureQueue(scope, `${kind}Failures`);
  called.configureAsyncInvoke({ retryAttempts: 2, onFailure: failuresOfFunction(failures) });
  // Derived from the meetings: a group that outlived its stack would keep the next one from taking its name.
  const group = new ScheduleGroup(scope, `${kind}s`, { removalPolicy: RemovalPolicy.DESTROY });
  return { group, called, failures, role: createRole(scope, `${kind}Role`, called, failures) };
}

/** Scheduler acts for this account alone, on this function alone. */
function createRole(scope: Construct, id: string, called: LambdaFunction, failures: Queue): Role {
  const { account } = Stack.of(scope);
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [called.functionArn] }));
  grantQueue(failures, role, ['SendMessage']);
  return role;
}

export type ScheduleAction = 'CreateSchedule' | 'UpdateSchedule' | 'DeleteSchedule';

/** Lets a function keep schedules of this kind, and hand their role to Scheduler and to nobody else. */
export function grantSchedules(
  keeper: LambdaFunction,
  { group, role }: Schedules,
  actions: readonly ScheduleAction[] = ['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule'],
): void {
  const schedules = Stack.of(keeper).formatArn({
    service: 'scheduler',
    resource: 'schedule',
    resourceName: `${group.scheduleGroupName}/*`,
  });
  keeper.addToRolePolicy(
    new PolicyStatement({
      actions: actions.map((action) => `scheduler:${action}`),
      resources: [schedules],
    }),
  );
  acknowledgeWildcard(keeper, schedules, 'All schedules of the one group; each is named after its meeting.');
  keeper.addToRolePolicy(
    new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    }),
  );
}
