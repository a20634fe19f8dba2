import { afterAll, beforeAll, expect, test } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting } from './journey.ts';

const meetings = 12;
const people = 1_150;

let service: Journey;

beforeAll(async () => {
  service = await beginJourney({ mailsPerDay: 0, maxSendRate: 501 });
});

afterAll(() => service.end());

const guests = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `${prefix}-${index}@example.org` }));

/** Who organizes, by a token of their own. */
function organizer(id: string) {
  const claims = { sub: id, 'cognito:username': id, 'cognito:groups': ['meetings'] };
  return { url: service.url, token: () => service.token(id, claims) };
}

async function schedule(id: string, name: string, participants: readonly object[]): Promise<ShownMeeting> {
  const body = { name, validSince: inAnHour() + 24 * 3_600_000, participants };
  const { status, json } = await callAs<ShownMeeting>(organizer(id), id, 'POST', '/meetings', body);
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

test('another organizer’s invitation leaves long before those of twelve meetings of 1,150 people have', async () => {
  for (let count = 0; count < meetings; count += 1) {
    await schedule('noisy', `Rally ${count}`, guests(`rally-${count}`, people));
  }
  const small = await schedule('quiet', 'A quiet word', guests('guest', 1));
  const sent = () => service.envelopes();
  const ofQuiet = () => sent().find(({ tags }) => tags.meeting === small.id);

  await expect.poll(ofQuiet, { timeout: 400_000, interval: 50 }).toBeDefined();
  const before = sent().findIndex(({ tags }) => tags.meeting === small.id);
  console.log(`${before} of ${meetings * people} mails had left before the other organizer's`);
  expect(before).toBeLessThan((meetings * people) / 2);

  // What the stream's function does of a meeting is bounded, whatever its size, each time that it follows it: a hundred
  // people, ten to a call, and one job that plans the others.
  const calls = (action: string) => service.calls.count({ functionName: 'OnMeetingChanged', service: 'sqs', action });
  await expect.poll(() => calls('SendMessage'), { timeout: 600_000, interval: 500 }).toBeGreaterThanOrEqual(meetings);
  expect(calls('SendMessageBatch')).toBeLessThanOrEqual((calls('SendMessage') + 1) * 10);
  for (const queue of ['EmailDeliveryFailures', 'PlanningFailures', 'MeetingChangeFailures']) {
    expect(service.messages(queue)).toEqual([]);
  }
  expect(service.denied()).toEqual([]);
}, 1_200_000);
