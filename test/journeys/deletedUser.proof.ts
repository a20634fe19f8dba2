import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, inAnHour, type Journey, type ShownMeeting, within } from './journey.ts';

let service: Journey;

beforeAll(async () => {
  service = await beginJourney();
});

afterAll(() => service.end());

const as = <Body>(username: string, method: string, path: string, body?: object) =>
  callAs<Body>(service, username, method, path, body);
const mailsOf = ({ id }: ShownMeeting) => service.mails().filter(({ tags }) => tags.meeting === id);
const shown = async ({ id }: ShownMeeting) => (await as<ShownMeeting>('alice', 'GET', `/meetings/${id}`)).json;

/** So soon that they are reminded at once. */
const inFiveMinutes = () => Date.now() + 5 * 60_000;

describe('a user whom an admin deletes', () => {
  test('is gone from everything, and whoever was to meet them hears of it', async () => {
    const { json: bob } = await as<{ id: string; email: string }>('bob', 'GET', '/users/me');
    expect((await as('alice', 'PUT', `/users/${bob.id}`, { capabilities: ['meetings'] })).status).toBe(200);
    expect((await as('bob', 'PUT', '/users/me/devices/phone', { platform: 'fcm', token: 'token-of-bob' })).status).toBe(
      200,
    );
    const { json: theirs } = await as<ShownMeeting>('bob', 'POST', '/meetings', {
      name: 'Their own',
      validSince: inFiveMinutes(),
      participants: [{ email: 'ana@example.org' }],
    });
    const { json: hers } = await as<ShownMeeting>('alice', 'POST', '/meetings', {
      name: 'Hers',
      validSince: inAnHour(),
      participants: [{ email: bob.email }, { email: 'ana@example.org' }],
    });
    // They attend once the stream has entered it in their listing.
    await vi.waitFor(async () => {
      const { json } = await as<{ meetings: ShownMeeting[] }>('bob', 'GET', '/meetings');
      expect(json.meetings.map(({ id }) => id).sort()).toEqual([theirs.id, hers.id].sort());
      expect([mailsOf(theirs).length, mailsOf(hers).length]).toEqual([2, 3]);
      expect(service.pushes().map(({ token }) => token)).toEqual(['token-of-bob']);
    }, within);

    expect((await as('alice', 'DELETE', `/users/${bob.id}`)).status).toBe(204);
    expect(await as('bob', 'GET', '/users/me')).toMatchObject({ status: 403, json: { code: 'user-deleted' } });
    await vi.waitFor(async () => {
      expect(await shown(theirs)).toMatchObject({ status: 'cancelled' });
      expect((await shown(hers)).participants.map(({ email }) => email)).toEqual(['ana@example.org']);
      // Bob is told nothing of the end.
      expect(
        mailsOf(theirs)
          .map(({ destinations, tags }) => `${destinations} ${tags.occasion}`)
          .sort(),
      ).toEqual(['ana@example.org 0', 'ana@example.org 1', `${bob.email} 0`]);
      const { json } = await as<{ users: { id: string }[] }>('alice', 'GET', '/users?username=bob');
      expect(json.users).toEqual([]);
      expect(service.calls.count({ service: 'sns', action: 'DeleteEndpoint' })).toBe(1);
    }, within);
    expect(await as('alice', 'GET', `/users/${bob.id}`)).toMatchObject({ status: 410, json: { code: 'user-gone' } });
    expect(mailsOf(hers)).toHaveLength(3);
    expect(service.denied()).toEqual([]);
  });
});
