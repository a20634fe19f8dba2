import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { AwsRefusal } from '../../infra/local/aws/awsCall.ts';
import { callAs } from '../../infra/run/demo/call.ts';
import { metricsIn } from '../emf.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting, within } from './journey.ts';

let service: Journey;

beforeAll(async () => {
  service = await beginJourney({ smsPerDay: 1 });
});

afterAll(() => service.end());

const schedule = (body: object) =>
  callAs<ShownMeeting & { code?: string }>(service, 'alice', 'POST', '/meetings', { validSince: inAnHour(), ...body });
const measured = () => metricsIn(service.logs().map(({ text }) => text));
const own = '{"service":"meetings"}';
const sum = (name: string) =>
  measured()
    .get(name)
    ?.reduce((total, value) => total + value, 0);

describe('what functions measure', () => {
  test('is no line of the log where there is nothing', async () => {
    await callAs(service, 'alice', 'GET', '/users/me');
    const { json: meeting } = await schedule({ name: 'Silent', participants: [], sendInvitations: false });
    await vi.waitFor(() => {
      expect(service.schedules().some(({ Name }) => Name === meeting.id)).toBe(true);
    }, within);
    const strange = service.logs().filter(({ text }) => !text.startsWith('{"'));
    expect(strange.map(({ text }) => text)).toEqual([]);
  });

  test('is how many letters were planned and sent by which channel, and how long they took', async () => {
    await schedule({ name: 'Measured', participants: [{ email: 'ana@example.org' }, { phone: '+34600000009' }] });
    await vi.waitFor(() => {
      // One of them is to Alice, who scheduled it.
      expect(sum(`Meetings InvitationsPlanned in Count ${own}`)).toBe(3);
      expect(sum(`Meetings Sent.email in Count ${own}`)).toBe(2);
      expect(sum(`Meetings Sent.sms in Count ${own}`)).toBe(1);
    }, within);
    const delays = measured().get(`Meetings InvitationDelay in Seconds ${own}`) ?? [];
    expect(delays).toHaveLength(3);
    for (const seconds of delays) expect(seconds).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(20);
  });

  test('is what failed, and why', async () => {
    const refusal = new AwsRefusal('InvalidParameterValue', 'Local address contains control or whitespace', 400);
    service.faults.order({ service: 'ses', action: 'SendRawEmail', kind: 'refused', refusal, count: 1 });
    await schedule({ name: 'Refused', participants: [{ email: 'refused@example.org' }] });
    await vi.waitFor(() => {
      expect(sum(`Meetings Failed.email in Count ${own}`)).toBe(1);
      expect(sum(`Meetings DeliveriesFailed in Count ${own}`)).toBe(1);
      expect(sum('Meetings DeliveriesFailed in Count {"service":"meetings","reason":"InvalidParameterValue"}')).toBe(1);
    }, within);
  });

  test('is which limit a call met', async () => {
    const { status, json } = await schedule({ name: 'Too much', participants: [{ phone: '+34600000008' }] });
    expect([status, json.code]).toEqual([429, 'sms-per-day']);
    await vi.waitFor(() => {
      expect(sum('Meetings CallsLimited in Count {"service":"meetings","reason":"sms-per-day"}')).toBe(1);
    }, within);
  });
});
