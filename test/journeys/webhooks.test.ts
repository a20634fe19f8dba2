import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answering, type Receiver, startReceiver } from '../events/receiver.ts';
import { beginJourney, inAnHour, type Journey, within } from './journey.ts';

let receiver: Receiver;
let service: Journey;
let token: string;

beforeAll(async () => {
  receiver = await startReceiver(['hooks.example.org']);
  service = await beginJourney({}, { namesHere: receiver.namesHere });
  token = await service.token('alice');
});

afterAll(async () => {
  await service.end();
  await receiver.stop();
});

// biome-ignore lint/suspicious/noExplicitAny: what a test expects of it says what it is
async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: response.status === 204 ? undefined : await response.json() };
}

const types = () => receiver.received.map(({ body }) => JSON.parse(body).type);

test('another system hears of a meeting from its schedule to its end, also where it failed at first', async () => {
  const { body: made } = await send('POST', '/webhooks', { url: 'https://hooks.example.org/meetings' });
  expect((await send('POST', `/webhooks/${made.id}/test`)).body).toMatchObject({ told: true, status: 204 });
  const { secret } = (await send('POST', `/webhooks/${made.id}/secret`)).body;
  expect((await send('PATCH', `/webhooks/${made.id}`, { description: 'Intranet' })).status).toBe(200);
  receiver.received.length = 0;

  receiver.answer((response, received) => {
    answering(receiver.received.length === 1 ? 500 : 204)(response, received);
  });
  const { body: meeting } = await send('POST', '/meetings', {
    name: 'Planning',
    validSince: inAnHour(),
    participants: [{ email: 'bob@example.org' }],
  });
  await expect.poll(types, within).toEqual(['meeting.scheduled', 'meeting.scheduled']);
  await send('PATCH', `/meetings/${meeting.id}`, { name: 'Planning 2' });
  await expect.poll(() => types().slice(2), within).toEqual(['meeting.changed']);
  const [schedule] = service.schedules().filter(({ Name }) => Name === meeting.id);
  expect(schedule?.ActionAfterCompletion).toBe('NONE');
  service.fire(meeting.id);
  await expect.poll(() => types().slice(3), within).toEqual(['reminder.due']);
  await send('DELETE', `/meetings/${meeting.id}`);
  await expect.poll(() => types().slice(4), within).toEqual(['meeting.cancelled']);

  for (const { body, headers } of receiver.received)
    expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
  expect((await send('GET', '/webhooks')).body.webhooks).toHaveLength(1);
  expect((await send('GET', `/webhooks/${made.id}`)).body).toMatchObject({ enabled: true, description: 'Intranet' });
  const { events } = (await send('GET', `/webhooks/${made.id}/attempts`)).body;
  expect(events.map(({ state }: { state: string }) => state)).toEqual(['told', 'told', 'told', 'told']);
  expect((await send('DELETE', `/webhooks/${made.id}`)).status).toBe(204);
});
