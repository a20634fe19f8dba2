import { afterAll, beforeAll, expect, test } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, type Journey, type ShownMeeting } from './journey.ts';

const people = 2_000;

/** Long enough for a meeting of that size to be listed before its reminder is due. */
const aheadSeconds = 30;

let service: Journey;

beforeAll(async () => {
  service = await beginJourney({ remindMechanisms: ['email'], mailsPerDay: 0, maxSendRate: 501 });
});

afterAll(() => service.end());

test('a meeting of 2,000 people reminds each of them once, though whoever plans it is killed in the middle', async () => {
  service.faults.order({
    ...{ service: 'sqs', action: 'SendMessageBatch', functionName: 'OnReminderDue' },
    ...{ kind: 'crashAfter', after: 4, count: 1 },
  });
  const participants = Array.from({ length: people }, (_, index) => ({ email: `guest-${index}@example.org` }));
  const validSince = Date.now() + 600_000 + aheadSeconds * 1_000;
  const body = { name: 'Assembly', validSince, participants, sendInvitations: false };
  const { status, json: meeting } = await callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', body);
  expect(status, JSON.stringify(meeting)).toBe(201);
  await expect
    .poll(() => service.schedules().map(({ Name }) => Name), { timeout: 60_000, interval: 100 })
    .toEqual([meeting.id]);

  const reminded = () => service.envelopes().map(({ destinations }) => destinations.join());
  await expect.poll(() => reminded().length, { timeout: 400_000, interval: 500 }).toBe(people + 1);
  expect(new Set(reminded())).toEqual(new Set(['alice@example.org', ...participants.map(({ email }) => email)]));
  expect(new Set(service.envelopes().map(({ tags }) => tags.occasion))).toEqual(new Set([`R${validSince}`]));

  // Ten to a call: the first hundred twice, once of which was ended after its fifth call, and never more.
  const calls = (action: string) => service.calls.count({ functionName: 'OnReminderDue', service: 'sqs', action });
  expect(calls('SendMessageBatch')).toBeLessThanOrEqual(20);
  expect(calls('SendMessage')).toBe(1);
  await expect.poll(() => service.messages('EmailDeliveries'), { timeout: 60_000, interval: 500 }).toEqual([]);
  expect(reminded()).toHaveLength(people + 1);
  for (const queue of ['EmailDeliveryFailures', 'PlanningFailures', 'ReminderFailures']) {
    expect(service.messages(queue)).toEqual([]);
  }
  expect(service.denied()).toEqual([]);
}, 600_000);
