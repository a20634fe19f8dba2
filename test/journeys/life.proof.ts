import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ReadCalendar } from '../../infra/local/inbox/readCalendar.ts';
import { callAs } from '../../infra/run/demo/call.ts';
import { readInvitation } from '../../infra/run/demo/readInvitation.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting, type ShownParticipant, within } from './journey.ts';

let service: Journey;
let meeting: ShownMeeting;

beforeAll(async () => {
  // The last ten minutes' guard against inviting again too soon is tried elsewhere: here, time does not pass.
  service = await beginJourney({ inviteMechanisms: ['email'] });
  const participants = ['ana', 'ben', 'eva'].map((name) => ({ name, email: `${name}@example.org` }));
  const body = { name: 'Planning', validSince: inAnHour(), participants };
  meeting = (await callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', body)).json;
});

afterAll(() => service.end());

const path = () => `/meetings/${meeting.id}`;
const schedules = () => service.schedules().filter(({ Name }) => Name === meeting.id);
const person = (name: string): ShownParticipant | undefined => meeting.participants.find((one) => one.name === name);

async function patch(changes: object): Promise<void> {
  const { status, json } = await callAs<ShownMeeting>(service, 'alice', 'PATCH', path(), changes);
  expect(status).toBe(200);
  meeting = json;
}

/** What an address was sent, in the order of SEQUENCE. */
async function calendarsOf(address: string): Promise<ReadCalendar[]> {
  const mails = service.mails().filter(({ destinations }) => destinations.includes(address));
  const read = await Promise.all(mails.map(({ raw }) => readInvitation(raw)));
  return read.flatMap(({ calendar }) => calendar ?? []).sort((one, other) => one.sequence - other.sequence);
}

/** Waits until an address was sent just these, as `METHOD SEQUENCE`. */
async function sent(address: string, ...messages: string[]): Promise<void> {
  await vi.waitFor(async () => {
    const calendars = await calendarsOf(address);
    expect(calendars.map(({ method, sequence }) => `${method} ${sequence}`)).toEqual(messages);
  }, within);
}

/** The one event that a calendar program holds after all messages to an address: the highest SEQUENCE of its UID counts. */
async function calendarOf(address: string): Promise<ReadCalendar | undefined> {
  const calendars = await calendarsOf(address);
  expect(new Set(calendars.map(({ uid }) => uid)).size).toBe(1);
  const last = calendars.at(-1);
  return last?.method === 'CANCEL' ? undefined : last;
}

describe('the life of one meeting', () => {
  test('begins with an invitation for each, and one schedule', async () => {
    for (const name of ['alice', 'ana', 'ben', 'eva']) await sent(`${name}@example.org`, 'REQUEST 0');
    await vi.waitFor(() => expect(schedules()).toHaveLength(1), within);
  });

  test('a changed start tells everybody, and moves the schedule', async () => {
    const before = schedules()[0]?.ScheduleExpression;
    await patch({ validSince: new Date(Date.parse(meeting.validSince) + 1_800_000).toISOString() });

    for (const name of ['alice', 'ana', 'ben', 'eva']) await sent(`${name}@example.org`, 'REQUEST 0', 'REQUEST 1');
    await vi.waitFor(() => expect(schedules()[0]?.ScheduleExpression).not.toBe(before), within);
    expect(schedules()).toHaveLength(1);
    expect((await calendarOf('ana@example.org'))?.start.getTime()).toBe(
      Math.floor(Date.parse(meeting.validSince) / 1_000) * 1_000,
    );
  });

  test('somebody added is invited, and nobody else is told', async () => {
    await patch({ participants: [...meeting.participants, { name: 'zoe', email: 'zoe@example.org' }] });

    await sent('zoe@example.org', 'REQUEST 2');
    await sent('ana@example.org', 'REQUEST 0', 'REQUEST 1');
    await sent('alice@example.org', 'REQUEST 0', 'REQUEST 1');
  });

  test('somebody taken off gets a cancellation', async () => {
    await patch({ participants: meeting.participants.filter(({ name }) => name !== 'ben') });

    await sent('ben@example.org', 'REQUEST 0', 'REQUEST 1', 'CANCEL 3');
    expect(await calendarOf('ben@example.org')).toBeUndefined();
  });

  test('a changed address is the old one’s cancellation and the new one’s invitation', async () => {
    await patch({
      participants: meeting.participants.map((one) =>
        one.name === 'eva' ? { ...one, email: 'eva@example.com' } : one,
      ),
    });

    await sent('eva@example.org', 'REQUEST 0', 'REQUEST 1', 'CANCEL 4');
    await sent('eva@example.com', 'REQUEST 4');
    expect(person('eva')?.email).toBe('eva@example.com');
  });

  test('a changed description tells nobody, until all are invited again', async () => {
    await patch({ description: 'With the figures of March.' });
    const again = await callAs(service, 'alice', 'POST', `${path()}/invitations`);
    expect(again.status).toBe(202);

    await sent('ana@example.org', 'REQUEST 0', 'REQUEST 1', 'REQUEST 5');
    await sent('zoe@example.org', 'REQUEST 2', 'REQUEST 5');
    await sent('eva@example.com', 'REQUEST 4', 'REQUEST 5');
    expect((await calendarOf('ana@example.org'))?.description).toContain('With the figures of March.');
    const tooSoon = await callAs<{ code: string }>(service, 'alice', 'POST', `${path()}/invitations`);
    expect(tooSoon).toMatchObject({ status: 429, json: { code: 'resend-too-soon' } });
    expect(Number(tooSoon.headers.get('retry-after'))).toBeGreaterThan(500);
  });

  test('a rotated link tells everybody the new one', async () => {
    const { url } = meeting;
    await patch({ rotateLink: true });

    expect(meeting.url).not.toBe(url);
    await sent('zoe@example.org', 'REQUEST 2', 'REQUEST 5', 'REQUEST 6');
    expect((await calendarOf('zoe@example.org'))?.url?.split('~')[0]).toBe(meeting.url);
    expect((await fetch(url, { headers: { accept: 'application/json' } })).status).toBe(404);
  });

  test('a patch that changes nothing raises nothing', async () => {
    const { revision } = meeting;
    await patch({ name: meeting.name });

    expect(meeting.revision).toBe(revision);
  });

  test('a cancellation tells all who were told, and takes the schedule away', async () => {
    const cancelled = await callAs(service, 'alice', 'DELETE', path());
    expect(cancelled.status).toBe(204);

    for (const name of ['alice', 'ana'])
      await sent(`${name}@example.org`, 'REQUEST 0', 'REQUEST 1', 'REQUEST 5', 'REQUEST 6', 'CANCEL 7');
    await sent('zoe@example.org', 'REQUEST 2', 'REQUEST 5', 'REQUEST 6', 'CANCEL 7');
    await sent('eva@example.com', 'REQUEST 4', 'REQUEST 5', 'REQUEST 6', 'CANCEL 7');
    await sent('ben@example.org', 'REQUEST 0', 'REQUEST 1', 'CANCEL 3');
    await sent('eva@example.org', 'REQUEST 0', 'REQUEST 1', 'CANCEL 4');
    await vi.waitFor(() => expect(schedules()).toHaveLength(0), within);
    for (const address of [
      'alice@example.org',
      'ana@example.org',
      'ben@example.org',
      'eva@example.org',
      'eva@example.com',
      'zoe@example.org',
    ]) {
      expect(await calendarOf(address)).toBeUndefined();
    }
  });

  test('the organizer’s entry is one that the service invites them to; participants know no other organizer', async () => {
    const own = await calendarsOf('alice@example.org');
    expect(new Set(own.map(({ uid }) => uid.split('@')[0]))).toEqual(new Set([`${meeting.id}.organizer`]));
    for (const { organizer, organizerName, attendees, url } of own) {
      expect([organizer, organizerName, attendees]).toEqual([
        'mailto:meetings@example.org',
        'alice',
        ['mailto:alice@example.org'],
      ]);
      expect(url).not.toContain('~');
    }
    expect(own.at(-1)?.url).toBe(meeting.url);
    for (const name of ['ana', 'ben', 'eva', 'zoe']) {
      const organizers = (await calendarsOf(`${name}@example.org`)).map(({ organizer }) => organizer);
      expect(new Set(organizers)).toEqual(new Set(['mailto:alice@example.org']));
    }
  });

  test('a cancelled meeting is still there to be read, and to be cancelled again', async () => {
    const { json } = await callAs<ShownMeeting>(service, 'alice', 'GET', path());
    expect(json.status).toBe('cancelled');
    expect((await callAs(service, 'alice', 'DELETE', path())).status).toBe(204);
    expect((await callAs(service, 'alice', 'PATCH', path(), { name: 'Again' })).status).toBe(409);
  });

  test('no function did what its role does not allow', () => {
    expect(service.denied()).toEqual([]);
  });
});
