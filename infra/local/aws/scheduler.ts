import * as z from 'zod';
import { arnOf } from '../assembly/place.ts';
import { type Schedule, type ScheduleInput, scheduleInput } from '../schedules/schedule.ts';
import type { ScheduleClock } from '../schedules/scheduleClock.ts';
import { momentOf } from '../schedules/scheduleExpression.ts';
import { AwsRefusal, type AwsService, type Permission } from './awsCall.ts';
import { defineOperation, defineService } from './operations.ts';
import { restProtocol } from './restProtocol.ts';

const namePattern = /^[0-9a-zA-Z_.-]{1,64}$/;
const named = z.object({ Name: z.string(), groupName: z.string().default('default') });

export interface SchedulerOptions {
  readonly clock: ScheduleClock;
  readonly hasGroup: (groupName: string) => boolean;
  /** Says whether a function or queue has the ARN, since Scheduler itself accepts any. */
  readonly hasTarget: (arn: string) => boolean;
  /** @returns whether the role lets Scheduler take it, for a schedule of the group */
  readonly canAssume: (roleArn: string, groupArn: string) => boolean;
}

const path = /^\/schedules\/(?<Name>[^/]+)$/;
const protocol = restProtocol(
  [
    { method: 'POST', path, action: 'CreateSchedule' },
    { method: 'PUT', path, action: 'UpdateSchedule' },
    { method: 'GET', path, action: 'GetSchedule' },
    { method: 'DELETE', path, action: 'DeleteSchedule' },
  ],
  { body: 'json' },
);

/** EventBridge Scheduler: schedules of one moment each. */
export function schedulerService(options: SchedulerOptions): AwsService {
  const { clock } = options;
  return defineService(protocol, {
    CreateSchedule: defineOperation({
      input: scheduleInput,
      permissions: (input) => writePermissions('CreateSchedule', input),
      run: (input) => {
        const wanted = check(input, options);
        const known = clock.get(input.GroupName, input.Name);
        const isRepeated = known?.ClientToken !== undefined && known.ClientToken === input.ClientToken;
        if (known !== undefined && !isRepeated) {
          throw new AwsRefusal('ConflictException', `Schedule ${input.Name} already exists.`, 409);
        }
        if (known === undefined) clock.set(wanted);
        return { ScheduleArn: wanted.arn };
      },
    }),
    UpdateSchedule: defineOperation({
      input: scheduleInput,
      permissions: (input) => writePermissions('UpdateSchedule', input),
      run: (input) => {
        const wanted = check(input, options);
        const { createdAt } = find(clock, input.GroupName, input.Name);
        clock.set({ ...wanted, createdAt });
        return { ScheduleArn: wanted.arn };
      },
    }),
    GetSchedule: defineOperation({
      input: named,
      permissions: ({ groupName, Name }) => [permission('GetSchedule', groupName, Name)],
      run: ({ groupName, Name }) => describe(find(clock, groupName, Name)),
    }),
    DeleteSchedule: defineOperation({
      input: named,
      permissions: ({ groupName, Name }) => [permission('DeleteSchedule', groupName, Name)],
      run: ({ groupName, Name }) => {
        find(clock, groupName, Name);
        clock.delete(groupName, Name);
        return {};
      },
    }),
  });
}

/** Who hands a role to Scheduler must be allowed to. */
function writePermissions(action: string, { GroupName, Name, Target }: ScheduleInput): Permission[] {
  const context = { 'iam:PassedToService': ['scheduler.amazonaws.com'] };
  return [permission(action, GroupName, Name), { action: 'iam:PassRole', resource: Target.RoleArn, context }];
}

function permission(action: string, groupName: string, name: string): Permission {
  return { action: `scheduler:${action}`, resource: arnOf('scheduler', `schedule/${groupName}/${name}`) };
}

/** @throws {AwsRefusal} for what Scheduler refuses, and for what the local run cannot do */
function check(input: ScheduleInput, { hasGroup, hasTarget, canAssume }: SchedulerOptions): Schedule {
  const { Name, GroupName, Target } = input;
  if (!namePattern.test(Name)) {
    throw invalid(
      `Value '${Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$`,
    );
  }
  if (!hasGroup(GroupName))
    throw new AwsRefusal('ResourceNotFoundException', `Schedule group ${GroupName} does not exist.`, 404);
  checkLimits(input);
  const dueAt = momentOf(input.ScheduleExpression, input.ScheduleExpressionTimezone);
  if (dueAt === undefined || dueAt.getTime() <= Date.now()) {
    throw invalid(`Invalid Schedule Expression ${input.ScheduleExpression}.`);
  }
  if (!hasTarget(Target.Arn)) throw new AwsRefusal('NotImplemented', `The local run has no target ${Target.Arn}`, 501);
  if (!canAssume(Target.RoleArn, arnOf('scheduler', `schedule-group/${GroupName}`))) {
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
  }
  const now = Date.now();
  const arn = arnOf('scheduler', `schedule/${GroupName}/${Name}`);
  return { ...input, arn, dueAt: dueAt.getTime(), createdAt: now, changedAt: now };
}

function checkLimits({ FlexibleTimeWindow: { Mode, MaximumWindowInMinutes: window }, Target }: ScheduleInput): void {
  const isWindowRight = Mode === 'OFF' ? window === undefined : window !== undefined && window >= 1 && window <= 1440;
  if (!isWindowRight) throw invalid('Invalid FlexibleTimeWindow.');
  const { MaximumEventAgeInSeconds: age = 86_400, MaximumRetryAttempts: attempts = 185 } = Target.RetryPolicy ?? {};
  if (age < 60 || age > 86_400) throw invalid('MaximumEventAgeInSeconds must be between 60 and 86400.');
  if (attempts < 0 || attempts > 185) throw invalid('MaximumRetryAttempts must be between 0 and 185.');
  if (Buffer.byteLength(Target.Input ?? '') > 262_144) throw invalid('Input is longer than 262144 bytes.');
}

function find(clock: ScheduleClock, groupName: string, name: string): Schedule {
  const known = clock.get(groupName, name);
  if (known === undefined) throw new AwsRefusal('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
  return known;
}

function describe({ arn, createdAt, changedAt, dueAt: _, firedAt: __, ClientToken: ___, ...input }: Schedule) {
  return { ...input, Arn: arn, CreationDate: createdAt / 1000, LastModificationDate: changedAt / 1000 };
}

function invalid(message: string): AwsRefusal {
  return new AwsRefusal('ValidationException', message);
}
