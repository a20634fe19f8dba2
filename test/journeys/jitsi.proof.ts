import { afterAll, beforeAll, expect, test } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, type Journey, type ShownMeeting } from './journey.ts';

let service: Journey;

beforeAll(async () => {
  service = await beginJourney({ jitsiHost: 'jitsi.example.org' });
});

afterAll(() => service.end());

/** As a Jitsi server asks: without a token, with forms. */
async function ask(method: string, path: string, form?: Record<string, string>) {
  const reply = await fetch(service.url + path, { method, ...(form && { body: new URLSearchParams(form) }) });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, json: text === '' ? undefined : JSON.parse(text) };
}

test('a Jitsi server holds the conference of a meeting, by telephone too, until it is cancelled', async () => {
  const body = { name: 'Planning', validSince: Date.now() + 60_000, participants: [] };
  const { json: meeting } = await callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', body);
  const facts = await fetch(meeting.url, { headers: { accept: 'application/json' } });
  const { jitsiUrl, dialIn } = (await facts.json()) as { jitsiUrl: string; dialIn: { pin: string } };
  const name = new URL(jitsiUrl).pathname.slice(1);
  expect(jitsiUrl).toBe(`https://jitsi.example.org/${name}`);

  const conference = { name, start_time: new Date().toISOString(), mail_owner: 'client1@xmpp.com' };
  const created = await ask('POST', '/reservation/conference', conference);
  expect(created).toMatchObject({ status: 200, json: { id: name, name, mail_owner: 'client1@xmpp.com' } });
  const again = await ask('POST', '/reservation/conference', conference);
  expect(again).toMatchObject({ status: 409, json: { conflict_id: name } });
  expect((await ask('GET', `/reservation/conference/${name}`)).json).toEqual(created.json);

  const jid = `${name}@conference.jitsi.example.org`;
  expect((await ask('GET', `/conferenceMapper?conference=${jid}`)).json.id).toBe(Number(dialIn.pin));
  expect((await ask('GET', `/conferenceMapper?id=${dialIn.pin}`)).json.conference).toBe(jid);

  expect((await ask('DELETE', `/reservation/conference/${name}`)).status).toBe(204);
  await callAs(service, 'alice', 'DELETE', `/meetings/${meeting.id}`);
  expect(await ask('POST', '/reservation/conference', conference)).toMatchObject({
    status: 403,
    json: { message: 'The meeting has been cancelled.' },
  });
});

test('its page may ask for the code that it shows', async () => {
  const headers = { origin: 'https://jitsi.example.org', 'access-control-request-method': 'GET' };
  const reply = await fetch(`${service.url}/conferenceMapper`, { method: 'OPTIONS', headers });

  expect(reply.headers.get('access-control-allow-origin')).toBe('https://jitsi.example.org');
});

test('no function is denied what it needs', async () => {
  await service.waitUntilIdle();

  expect(service.denied()).toEqual([]);
});
