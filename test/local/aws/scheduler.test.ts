import { join } from 'node:path';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { schedulerService } from '../../../infra/local/aws/scheduler.ts';
import { openScheduleClock, type ScheduleClock } from '../../../infra/local/schedules/scheduleClock.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';
import { type AddressTrial, startAddress } from './localAddress.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:000000000000:function:OnReminderDue';
const roleArn = 'arn:aws:iam::000000000000:role/Reminder';

let clock: ScheduleClock;
let address: AddressTrial;
let client: SchedulerClient;

beforeEach(async () => {
  clock = openScheduleClock(join(temporaryDirectory(), 'schedules.jsonl'), () => {});
  onTestFinished(clock.stop);
  address = await startAddress({
    scheduler: schedulerService({
      clock,
      hasGroup: (name) => name === 'reminders',
      hasTarget: (arn) => arn === functionArn,
      canAssume: (arn, group) => arn === roleArn && group.endsWith(':schedule-group/reminders'),
    }),
  });
  client = new SchedulerClient(address.client);
});

describe('CreateSchedule', () => {
  test('keeps the schedule, which GetSchedule gives', async () => {
    const { ScheduleArn } = await client.send(new CreateScheduleCommand(wanted({})));

    expect(ScheduleArn).toBe('arn:aws:scheduler:eu-west-1:000000000000:schedule/reminders/meeting-1');
    expect(await get('meeting-1')).toMatchObject({
      Name: 'meeting-1',
      GroupName: 'reminders',
      ScheduleExpression: wanted({}).ScheduleExpression,
      Target: { Arn: functionArn, RoleArn: roleArn, Input: '{"meetingId":"1"}' },
      ActionAfterCompletion: 'DELETE',
      State: 'ENABLED',
    });
  });

  test('needs the action, and the right to hand the role over', async () => {
    await client.send(new CreateScheduleCommand(wanted({})));

    expect(address.permissions).toEqual([
      {
        action: 'scheduler:CreateSchedule',
        resource: 'arn:aws:scheduler:eu-west-1:000000000000:schedule/reminders/meeting-1',
      },
      { action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': ['scheduler.amazonaws.com'] } },
    ]);
  });

  test('refuses a name that is taken, but not the same call again', async () => {
    await client.send(new CreateScheduleCommand(wanted({ ClientToken: 'one' })));
    await client.send(new CreateScheduleCommand(wanted({ ClientToken: 'one' })));

    await expect(client.send(new CreateScheduleCommand(wanted({ ClientToken: 'two' })))).rejects.toMatchObject({
      name: 'ConflictException',
    });
  });

  test.each<[string, Partial<CreateScheduleCommandInput>, string]>([
    ['a moment that is past', { ScheduleExpression: 'at(2020-01-01T00:00:00)' }, 'ValidationException'],
    ['a moment that is none', { ScheduleExpression: 'at(2099-02-30T00:00:00)' }, 'ValidationException'],
    ['a zone that is none', { ScheduleExpressionTimezone: 'Europe/Nowhere' }, 'ValidationException'],
    ['a name of other characters', { Name: 'meeting#1' }, 'ValidationException'],
    ['a name over 64 characters', { Name: 'x'.repeat(65) }, 'ValidationException'],
    ['an unknown group', { GroupName: 'others' }, 'ResourceNotFoundException'],
    ['a flexible window without its length', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, 'ValidationException'],
    ['a role that it may not take', { Target: { Arn: functionArn, RoleArn: `${roleArn}2` } }, 'ValidationException'],
    ['too many retries', { Target: target({ RetryPolicy: { MaximumRetryAttempts: 186 } }) }, 'ValidationException'],
    [
      'an age below a minute',
      { Target: target({ RetryPolicy: { MaximumEventAgeInSeconds: 59 } }) },
      'ValidationException',
    ],
  ])('refuses %s', async (_, change, name) => {
    await expect(client.send(new CreateScheduleCommand(wanted(change)))).rejects.toMatchObject({ name });
    expect(clock.all()).toEqual([]);
  });

  test('names a target that is not of the template', async () => {
    const create = client.send(
      new CreateScheduleCommand(wanted({ Target: { Arn: 'arn:aws:sqs:::other', RoleArn: roleArn } })),
    );

    await expect(create).rejects.toThrow('The local run has no target arn:aws:sqs:::other');
    expect(address.errors).toHaveLength(1);
  });
});

describe('UpdateSchedule', () => {
  test('replaces all of a schedule', async () => {
    await client.send(new CreateScheduleCommand(wanted({ Description: 'first' })));
    await client.send(new UpdateScheduleCommand(wanted({ ScheduleExpression: 'at(2098-01-01T00:00:00)' })));

    const changed = await get('meeting-1');
    expect(changed.ScheduleExpression).toBe('at(2098-01-01T00:00:00)');
    expect(changed.Description).toBeUndefined();
  });

  test('knows no schedule that is not there', async () => {
    await expect(client.send(new UpdateScheduleCommand(wanted({})))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('DeleteSchedule', () => {
  test('takes the schedule away, once', async () => {
    await client.send(new CreateScheduleCommand(wanted({})));
    const remove = () => client.send(new DeleteScheduleCommand({ Name: 'meeting-1', GroupName: 'reminders' }));

    await remove();

    expect(clock.all()).toEqual([]);
    await expect(remove()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(get('meeting-1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

function wanted(change: Partial<CreateScheduleCommandInput>): CreateScheduleCommandInput {
  return {
    Name: 'meeting-1',
    GroupName: 'reminders',
    ScheduleExpression: 'at(2099-01-01T00:00:00)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: target({}),
    ...change,
  };
}

function target(change: Partial<NonNullable<CreateScheduleCommandInput['Target']>>) {
  return { Arn: functionArn, RoleArn: roleArn, Input: '{"meetingId":"1"}', ...change };
}

function get(Name: string) {
  return client.send(new GetScheduleCommand({ Name, GroupName: 'reminders' }));
}
