import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { schedules } from './clients.ts';

/** What the schedules of one kind have in common. */
export interface ScheduleKind {
  readonly groupName: string;
  /** The role in which Scheduler calls the function. */
  readonly roleArn: string;
  readonly functionArn: string;
  /** Where a call goes that cannot be handed over. */
  readonly failureQueueArn: string;
}

/** Has a function called once: a schedule of the same name moves. `at` lies ahead; Scheduler takes up to a minute more. */
export async function keepOneOff(kind: ScheduleKind, name: string, at: Date, input: object): Promise<void> {
  const schedule = scheduleOf(kind, name, at, input);
  try {
    await schedules().send(new CreateScheduleCommand(schedule));
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
    await schedules().send(new UpdateScheduleCommand(schedule));
  }
}

/** Removes a schedule; there may be none. */
export async function removeOneOff(groupName: string, name: string): Promise<void> {
  try {
    await schedules().send(new DeleteScheduleCommand({ Name: name, GroupName: groupName }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

function scheduleOf(
  { groupName, roleArn, functionArn, failureQueueArn }: ScheduleKind,
  name: string,
  at: Date,
  input: object,
) {
  return {
    Name: name,
    GroupName: groupName,
    // EventBridge Scheduler takes UTC without a zone designator and without fractions of a second.
    ScheduleExpression: `at(${at.toISOString().slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    ActionAfterCompletion: 'DELETE' as const,
    Target: {
      Arn: functionArn,
      RoleArn: roleArn,
      Input: JSON.stringify(input),
      RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 10 },
      DeadLetterConfig: { Arn: failureQueueArn },
    },
  };
}
