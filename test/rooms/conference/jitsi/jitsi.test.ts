import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Meeting } from '../../../../functions/meetings/meeting.ts';
import { meetingStore } from '../../../../functions/meetings/meetingStore.ts';
import { jitsiRoomOf } from '../../../../functions/rooms/conference/jitsi/jitsiRoom.ts';
import { publicRoomId } from '../../../../functions/rooms/publicRoom.ts';
import { meetingOf } from '../../../meetings/meetings.ts';
import { type Answer, alice, call, startService, type TestService } from '../../../service.ts';

type Ask = (options: Parameters<typeof call>[1]) => Promise<Answer>;

let service: TestService;
let open: Ask;
let create: Ask;
let read: Ask;
let remove: Ask;
let map: Ask;
let meetings = 0;

beforeAll(async () => {
  service = await startService({ jitsiHost: 'https://jitsi.example.org' });
  const { handler: openRoom } = await import('../../../../functions/handlers/http/rooms/openRoom.handler.ts');
  const { handler: serveJitsi } = await import('../../../../functions/handlers/http/conference/serveJitsi.handler.ts');
  open = (options) => call(openRoom as never, options);
  create = (options) => call(serveJitsi as never, { ...options, routeKey: 'POST /reservation/conference' });
  read = (options) => call(serveJitsi as never, { ...options, routeKey: 'GET /reservation/conference/{id}' });
  remove = (options) => call(serveJitsi as never, { ...options, routeKey: 'DELETE /reservation/conference/{id}' });
  map = (options) => call(serveJitsi as never, { ...options, routeKey: 'GET /conferenceMapper' });
});

afterAll(() => service.stop());

test('answers HEAD as GET, and knows no other route', async () => {
  const { handler } = await import('../../../../functions/handlers/http/conference/serveJitsi.handler.ts');

  expect(await call(handler as never, { routeKey: 'HEAD /conferenceMapper' })).toEqual(await map({}));
  await expect(call(handler as never, { routeKey: 'GET /conference' })).rejects.toThrow(
    'There is no door of GET /conference',
  );
});

const minutes = (count: number) => new Date(Date.now() + count * 60_000);

/** A meeting that is on now, but for what a test changes. */
async function newMeeting(changes: Partial<Meeting> = {}): Promise<Meeting> {
  meetings += 1;
  const id = String(meetings).padStart(26, 'j');
  const times = { validSince: minutes(-5), validUntil: minutes(55) };
  const meeting = meetingOf({ id, pin: String(100_000_000 + meetings), ...times, ...changes });
  await meetingStore(service.table, 30).create(meeting, undefined);
  return meeting;
}

/** As Prosody sends it. */
const formOf = (name: string) =>
  new URLSearchParams({ name, start_time: '2048-04-20T17:55:12.000Z', mail_owner: 'client1@xmpp.com' }).toString();

const reserve = (name: string) =>
  create({ headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' }, body: formOf(name) });

test('the room of a meeting lies on the Jitsi server', async () => {
  const meeting = await newMeeting();
  const { body: room } = await open({ path: { link: `${meeting.id}.${meeting.key}` } });

  expect(room.jitsiUrl).toBe(`https://jitsi.example.org/${jitsiRoomOf(meeting)}`);
});

describe('a reservation', () => {
  test('lets a conference be held until the meeting’s end', async () => {
    const meeting = await newMeeting();
    const name = jitsiRoomOf(meeting);
    const { status, headers, body } = await reserve(name);

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(body).toEqual({
      id: name,
      name,
      mail_owner: 'client1@xmpp.com',
      start_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      duration: expect.any(Number),
    });
    const ends = Date.parse(body.start_time) + body.duration * 1_000;
    expect(Math.abs(ends - meeting.validUntil.getTime())).toBeLessThan(1_000);
  });

  test('of a conference that is held leads to it, with the end as it is now', async () => {
    const meeting = await newMeeting();
    const name = jitsiRoomOf(meeting);
    const { body: first } = await reserve(name);
    const { status, body: conflict } = await reserve(name.toUpperCase());
    expect([status, conflict.conflict_id]).toEqual([409, name]);
    const extended = {
      ...meeting,
      validUntil: new Date(meeting.validUntil.getTime() + 600_000),
      revision: 2,
      sequence: 2,
    };
    await meetingStore(service.table, 30).change(meeting, extended);

    const { body } = await read({ path: { id: conflict.conflict_id } });
    expect(body).toEqual({ ...first, duration: first.duration + 600 });
  });

  test('ends with its conference, and the meeting stays', async () => {
    const meeting = await newMeeting();
    const name = jitsiRoomOf(meeting);
    await reserve(name);

    expect((await remove({ path: { id: name } })).status).toBe(204);
    expect((await remove({ path: { id: name } })).status).toBe(204);
    expect(await read({ path: { id: name } })).toMatchObject({ status: 404, body: { code: 'no-such-conference' } });
    expect((await meetingStore(service.table, 30).get(meeting.id))?.status).toBe('scheduled');
    expect((await reserve(name)).status).toBe(200);
  });

  test('is refused in words that people are shown', async () => {
    const refusals: [Partial<Meeting>, RegExp][] = [
      [{ validSince: minutes(30), validUntil: minutes(60) }, /before time; it opens at/],
      [{ validSince: minutes(-60), validUntil: minutes(-1) }, /has ended/],
      [{ status: 'cancelled' }, /has been cancelled/],
    ];
    for (const [changes, message] of refusals) {
      const { status, body } = await reserve(jitsiRoomOf(await newMeeting(changes)));

      expect([status, body.code]).toEqual([403, 'conference-refused']);
      expect(body.message).toMatch(message);
    }
  });

  test('is refused for a name that is no meeting’s, or a guess', async () => {
    const meeting = await newMeeting();
    for (const name of ['standup', meeting.id, `${meeting.id}-${'0'.repeat(20)}`, `[tenant]${jitsiRoomOf(meeting)}`]) {
      expect(await reserve(name)).toMatchObject({ status: 403, body: { code: 'conference-refused' } });
    }
    expect((await create({ body: 'start_time=x' })).status).toBe(400);
    expect((await create({})).status).toBe(400);
  });

  test('of a public room lasts a day', async () => {
    const { status, body } = await reserve(publicRoomId('our-place'));

    expect([status, body.duration]).toEqual([200, 86_400]);
  });
});

describe('the mapper', () => {
  const message = 'Successfully retrieved conference mapping';
  const none = 'No conference mapping was found';

  test('tells the code of a conference, and the conference of a code', async () => {
    const meeting = await newMeeting();
    const conference = `${jitsiRoomOf(meeting)}@conference.jitsi.example.org`;
    const mapping = { message, id: Number(meeting.pin), conference };

    expect(await map({ query: { conference } })).toMatchObject({ status: 200, body: mapping });
    expect(await map({ query: { id: String(meeting.pin) } })).toMatchObject({ status: 200, body: mapping });
  });

  test('opens with a code only what is on', async () => {
    const { pin } = await newMeeting({ validSince: minutes(30), validUntil: minutes(60) });

    expect((await map({ query: { id: String(pin) } })).body).toEqual({
      message: none,
      id: Number(pin),
      conference: false,
    });
  });

  test('finds nothing for a conference that is no meeting’s', async () => {
    const { body } = await map({ query: { conference: 'standup@conference.jitsi.example.org' } });

    expect(body).toMatchObject({ message: none, id: false });
  });

  test.each([{}, { id: '' }, { id: 'abc' }, { id: '1'.repeat(40) }])('takes no %j', async (query) => {
    expect((await map({ query })).status).toBe(405);
  });

  test('is asked for wrong codes so often and no more', async () => {
    const { pin } = await newMeeting();
    const ask = (id: string) => map({ query: { id }, sourceAddress: '198.51.100.99' });
    for (let wrong = 0; wrong < 61; wrong += 1) await ask(String(900_000_000 + wrong));

    expect(await ask(String(pin))).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    expect((await map({ query: { id: String(pin) } })).body.message).toBe(message);
  });
});

describe('a meeting with a password, for which no Jitsi server asks,', () => {
  test('is held by the page, and by no conference of that server, nor by its telephone', async () => {
    const passwordHash = '$scrypt$ln=1,r=1,p=1$salt$AAAA';
    const meeting = await newMeeting({ passwordHash });
    const { body: room } = await open({ path: { link: `${meeting.id}.${meeting.key}` } });
    const name = jitsiRoomOf(meeting);

    expect(room).toMatchObject({ room: meeting.id, isPasswordProtected: true });
    expect(room).not.toHaveProperty('jitsiUrl');
    expect(await reserve(name)).toMatchObject({
      status: 403,
      body: { message: 'There is no meeting behind this conference.' },
    });
    const unmapped = { message: 'No conference mapping was found' };
    expect(await map({ query: { conference: `${name}@conference.jitsi.example.org` } })).toMatchObject({
      body: unmapped,
    });
    expect(await map({ query: { id: meeting.pin ?? '' } })).toMatchObject({ body: unmapped });
  });

  test('is not scheduled', async () => {
    const { handler } = await import('../../../../functions/handlers/http/meetings/createMeeting.handler.ts');
    const body = { name: 'Planning', participants: [], validSince: minutes(5).toISOString(), password: 'sesame' };
    const message = 'must be absent: a Jitsi server holds the rooms';

    expect(await call(handler as never, { claims: alice, body })).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', errors: [{ path: '/password', message }] },
    });
  });
});
