import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import { expect, test } from 'vitest';
import { oneTimeSchedules } from '../../functions/runtime/oneTimeScheduleClient.ts';

const kind = { groupName: 'Reminders', roleArn: 'role', functionArn: 'function', failureQueueArn: 'queue' };

/** What Scheduler is asked to call for, and when. */
async function expressionOf(at: string): Promise<string | undefined> {
  const asked: { input: { ScheduleExpression?: string } }[] = [];
  const client = { send: async (command: (typeof asked)[number]) => void asked.push(command) };
  await oneTimeSchedules(client as unknown as SchedulerClient, kind).keep('m1', new Date(at), {});
  return asked[0]?.input.ScheduleExpression;
}

test.each([
  ['2027-03-01T08:59:59.000Z', 'at(2027-03-01T08:59:59)'],
  ['2027-03-01T08:59:59.001Z', 'at(2027-03-01T09:00:00)'],
  ['2027-03-01T08:59:59.730Z', 'at(2027-03-01T09:00:00)'],
  ['2027-12-31T23:59:59.999Z', 'at(2028-01-01T00:00:00)'],
])('what is to be done at %s is done by Scheduler, which knows whole seconds, %s', async (at, expression) => {
  expect(await expressionOf(at)).toBe(expression);
});
