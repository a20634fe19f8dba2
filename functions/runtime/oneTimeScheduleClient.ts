import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';

/** What the schedules of one kind have in common. */
export interface ScheduleKind {
  readonly groupName: string;
  /** The role in which Scheduler calls the function. */
  readonly roleArn: string;
  readonly functionArn: string;
  /** Where a call goes that cannot be handed over. */
  readonly failureQueueArn: string;
}

/** The one-time schedules of one kind: each calls a function once. */
export interface OneTimeSchedules {
  /**
   * Makes a schedule, or moves the one of the same name. `at` lies ahead; Scheduler takes up to a minute more.
   *
   * @param options.isLast whether it is gone once it has called (default), or stays for whoever moves it on then
   */
  keep(name: string, at: Date, input: object, options?: { readonly isLast: boolean }): Promise<void>;
  /** Removes a schedule; there may be none. */
  remove(name: string): Promise<void>;
}

export function oneTimeSchedules(scheduler: SchedulerClient, kind: ScheduleKind): OneTimeSchedules {
  return {
    async keep(name, at, input, { isLast } = { isLast: true }) {
      const schedule = {
        ...scheduleOf(kind, name, at, input),
        ActionAfterCompletion: isLast ? ('DELETE' as const) : ('NONE' as const),
      };
      try {
        await scheduler.send(new CreateScheduleCommand(schedule));
      } catch (error) {
        if (!(error instanceof ConflictException)) throw error;
        await scheduler.send(new UpdateScheduleCommand(schedule));
      }
    },

    async remove(name) {
      try {
        await scheduler.send(new DeleteScheduleCommand({ Name: name, GroupName: kind.groupName }));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
    },
  };
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
    ScheduleExpression: `at(${wholeSecond(at).toISOString().slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    Target: {
      Arn: functionArn,
      RoleArn: roleArn,
      Input: JSON.stringify(input),
      RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 10 },
      DeadLetterConfig: { Arn: failureQueueArn },
    },
  };
}

/**
 * EventBridge Scheduler takes UTC without a zone designator and without fractions of a second ("Schedule types in
 * EventBridge Scheduler"): the next whole second, so that what wakes never wakes before its time.
 */
function wholeSecond(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / 1_000) * 1_000);
}
