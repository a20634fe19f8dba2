import { afterAll, beforeAll, expect, test } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting } from './journey.ts';

const people = 12;

interface ShownDelivery {
  readonly channel: string;
  readonly state: string;
  readonly reason?: string;
  readonly attempts: number;
}

interface Shown {
  readonly deliveries: readonly ShownDelivery[];
}

let service: Journey;

beforeAll(async () => {
  service = await beginJourney();
});

afterAll(() => service.end());

test('everything arrives, once, while SES, SNS and Scheduler fail, and each delivery says what it took', async () => {
  service.faults.order({ service: 'ses', action: 'SendRawEmail', kind: 'throttle', share: 1 / 2 });
  service.faults.order({ service: 'sns', action: 'Publish', kind: 'error500', share: 1 / 3 });
  service.faults.order({ service: 'scheduler', kind: 'error500', count: 2 });
  const participants = Array.from({ length: people }, (_, index) => ({
    email: `guest-${index}@example.org`,
    phone: `+346000001${index % 10}${Math.floor(index / 10)}`,
  }));
  const body = { name: 'In the storm', validSince: inAnHour(), participants };
  const { json: meeting } = await callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', body);

  const deliveries = async () => {
    const path = `/meetings/${meeting.id}/invitations`;
    const { json } = await callAs<{ participants: Shown[]; organizer: Shown }>(service, 'alice', 'GET', path);
    return [...json.participants, json.organizer].flatMap((person) => person.deliveries);
  };
  // What was put off comes again when its message is visible again, after a minute.
  await expect
    .poll(async () => (await deliveries()).filter(({ state }) => state === 'sent').length, {
      timeout: 600_000,
      interval: 500,
    })
    .toBe(2 * people + 1);

  const addresses = [['alice@example.org'], ...participants.map(({ email }) => [email])].sort();
  expect(
    service
      .envelopes()
      .map(({ destinations }) => destinations)
      .sort(),
  ).toEqual(addresses);
  const numbers = participants.map(({ phone }) => phone).sort();
  expect(
    service
      .sms()
      .map(({ phoneNumber }) => phoneNumber)
      .sort(),
  ).toEqual(numbers);
  expect(service.schedules().map(({ Name }) => Name)).toEqual([meeting.id]);

  const callsOf = (name: string, functionName: string) => service.calls.count({ service: name, functionName });
  const ended = await deliveries();
  const texts = ended.filter(({ channel }) => channel === 'sms');
  const struck = texts.filter(({ attempts }) => attempts > 1);
  expect(struck.length).toBeGreaterThan(0);
  for (const delivery of ended.filter(({ attempts }) => attempts > 1)) {
    expect(delivery.reason).toBe(delivery.channel === 'sms' ? 'InternalFailure' : 'Throttling');
  }
  expect(texts.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(callsOf('sns', 'DeliverSms'));
  // A mail is tried again by the SDK first, which a delivery does not count.
  expect(callsOf('ses', 'DeliverEmail')).toBeGreaterThan(people);
  expect(service.calls.count({ service: 'scheduler', action: 'CreateSchedule' })).toBe(3);
  for (const channel of ['Email', 'Sms']) expect(service.messages(`${channel}DeliveryFailures`)).toEqual([]);
  expect(service.denied()).toEqual([]);
});
