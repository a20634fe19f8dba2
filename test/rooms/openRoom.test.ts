import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import { roomStore } from '../../functions/rooms/seats/roomStore.ts';
import { inParallel } from '../../functions/runtime/inParallel.ts';
import { meetingOf } from '../meetings/meetings.ts';
import { alice, bob, type Call, call, root, startService, type TestService } from '../service.ts';

type Ask = (options: Call) => ReturnType<typeof call>;

let service: TestService;
let schedule: Ask;
let open: Ask;
let openPublic: Ask;
let host: Ask;

beforeAll(async () => {
  service = await startService({
    iceServers: [
      { urls: ['stun:stun.example.org:3478', 'turn:turn.example.org'] },
      { urls: ['turns:turn.example.org'] },
    ],
  });
  const { handler: createMeeting } = await import('../../functions/handlers/http/meetings/createMeeting.handler.ts');
  const { handler: openRoom } = await import('../../functions/handlers/http/rooms/openRoom.handler.ts');
  const { handler: openPublicRoom } = await import('../../functions/handlers/http/rooms/openPublicRoom.handler.ts');
  const { handler: createHostToken } = await import('../../functions/handlers/http/rooms/createHostToken.handler.ts');
  schedule = (options) => call(createMeeting as never, { claims: alice, ...options });
  open = (options) => call(openRoom as never, options);
  openPublic = (options) => call(openPublicRoom as never, options);
  host = (options) => call(createHostToken as never, { claims: alice, ...options });
});

afterEach(() => {
  vi.useRealTimers();
});

afterAll(() => service.stop());

const minutes = (count: number) => new Date(Date.now() + count * 60_000);

async function meetingFrom(start: Date, fields: object = {}) {
  const body = { name: 'Planning', participants: [], validSince: start.toISOString(), language: 'es', ...fields };
  const { body: meeting } = await schedule({ body });
  return { ...meeting, link: new URL(meeting.url).pathname.slice('/m/'.length) };
}

/** A meeting that the API would refuse to schedule, since it lies in the past. */
async function keptMeeting(changes: Parameters<typeof meetingOf>[0]) {
  const meeting = meetingOf({ id: 'm'.repeat(26), organizerId: 'alice-id', ...changes });
  await meetingStore(service.table, 30).create(meeting, undefined);
  return { ...meeting, link: `${meeting.id}.${meeting.key}` };
}

describe('the room of a meeting', () => {
  test('is told to whoever has its link, from ten minutes before the start on', async () => {
    const meeting = await meetingFrom(minutes(9));
    const { status, headers, body: room } = await open({ path: { link: meeting.link } });

    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(room).toEqual({
      kind: 'meeting',
      room: meeting.id,
      name: 'Planning',
      organizer: 'alice',
      validSince: meeting.validSince,
      validUntil: meeting.validUntil,
      opensAt: new Date(Date.parse(meeting.validSince) - 600_000).toISOString(),
      timeZone: 'Europe/Madrid',
      sequence: 0,
      language: 'es',
      capacity: 8,
      lobby: false,
      dialIn: { extension: '+34999999999', pin: expect.stringMatching(/^\d{9}$/) },
      socketUrl: 'wss://sockets.example.org/rooms',
      iceServers: [{ urls: ['stun:stun.example.org:3478'] }],
    });
  });

  test('says where hosts admit whoever comes', async () => {
    const { link } = await meetingFrom(minutes(5), { lobby: true });

    expect((await open({ path: { link } })).body.lobby).toBe(true);
  });

  test('says where whoever joins is asked for a password', async () => {
    const [asked, unasked] = [await meetingFrom(minutes(5), { password: '730164' }), await meetingFrom(minutes(5))];

    expect((await open({ path: { link: asked.link } })).body.isPasswordProtected).toBe(true);
    expect((await open({ path: { link: unasked.link } })).body).not.toHaveProperty('isPasswordProtected');
  });

  test('says where a host has ended the conference, until a host opens it', async () => {
    const { id, link, ...times } = await meetingFrom(minutes(5));
    const rooms = roomStore(service.table);
    const validity = { validSince: new Date(times.validSince), validUntil: new Date(times.validUntil) };
    await rooms.keepTimes(id, validity);
    expect((await open({ path: { link } })).body.endedByHost).toBeUndefined();
    await rooms.endByHost(id);

    expect(await open({ path: { link } })).toMatchObject({ status: 200, body: { room: id, endedByHost: true } });
    await rooms.reopen(id);
    expect((await open({ path: { link } })).body.endedByHost).toBeUndefined();
  });

  test('before time: says when it opens', async () => {
    const meeting = await meetingFrom(minutes(30));
    const { status, headers, body: problem } = await open({ path: { link: meeting.link } });

    expect(status).toBe(403);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(problem).toMatchObject({
      code: 'too-early',
      status: 403,
      opensAt: new Date(Date.parse(meeting.validSince) - 600_000).toISOString(),
      name: 'Planning',
      validSince: meeting.validSince,
      validUntil: meeting.validUntil,
      timeZone: 'Europe/Madrid',
      sequence: 0,
    });
    expect(problem.title).toBe('The room is not open yet');
    expect(problem.detail).toBe(`You are trying to access the conference before time; it opens at ${problem.opensAt}.`);
  });

  test('after its end: says that it has ended', async () => {
    const { link } = await keptMeeting({ validSince: minutes(-61) });

    expect(await open({ path: { link } })).toMatchObject({ status: 410, body: { code: 'ended', name: 'Planning' } });
  });

  test('of a cancelled meeting: says so', async () => {
    const { link } = await keptMeeting({ id: 'c'.repeat(26), status: 'cancelled' });

    expect(await open({ path: { link } })).toMatchObject({ status: 410, body: { code: 'cancelled' } });
  });

  test('does not exist for whoever has a wrong key, or none', async () => {
    const { id, link } = await meetingFrom(minutes(1));
    const wrong = `${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`;
    const links = [wrong, id, `${id}.`, `${link}x`, `${link}.x`, 'x', '', '.', `${'x'.repeat(26)}.${'y'.repeat(16)}`];
    const answers = await Promise.all(links.map((text) => open({ path: { link: text } })));

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(links.map(() => [404, 'no-such-room']));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });
});

describe('a public room', () => {
  test('is there for whoever names it', async () => {
    const { status, body: room } = await openPublic({ path: { identifier: 'Team-Rocket' } });

    expect(status).toBe(200);
    expect(room).toMatchObject({ kind: 'public', name: 'Team-Rocket', capacity: 8, lobby: false });
    expect(room.room).toMatch(/^public-[0-9a-f]{40}$/);
    expect((await openPublic({ path: { identifier: 'team-rocket' } })).body.room).toBe(room.room);
  });

  test.each(['a b', 'x'.repeat(65), '..', '<script>'])('cannot be named %j', async (identifier) => {
    expect(await openPublic({ path: { identifier } })).toMatchObject({ status: 404, body: { code: 'no-such-room' } });
  });
});

describe('attempts', () => {
  test('of one address are limited within a minute, whatever they try', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:20Z') });
    const attempt = (index: number) =>
      openPublic({ sourceAddress: '198.51.100.7', path: { identifier: `room-${index}` } });
    const answers = await inParallel(
      Array.from({ length: 301 }, (_, index) => index),
      20,
      attempt,
    );
    const refused = answers.find(({ status }) => status === 429);

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(300);
    expect(refused?.body.code).toBe('limited');
    expect(refused?.headers['retry-after']).toBe('40');
    expect((await openPublic({ path: { identifier: 'room' } })).status).toBe(200);
    vi.setSystemTime('2027-03-01T10:01:00Z');
    expect((await attempt(302)).status).toBe(200);
  });
});

describe('a token for the host', () => {
  test('is given to the organizer and to an admin, for a few minutes', async () => {
    const { id, url } = await meetingFrom(minutes(5));
    for (const claims of [alice, root]) {
      const { status, body } = await host({ claims, path: { id } });

      expect(status).toBe(201);
      expect(body.token).toMatch(/^[0-9a-z]{32}$/);
      expect(body.url).toBe(`${url}#host=${body.token}`);
      expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(60_000);
      expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(300_000);
    }
  });

  test('is refused to an organizer who may no longer manage meetings', async () => {
    const { id } = await meetingFrom(minutes(5));
    const claims = { ...alice, 'cognito:groups': '[]' };

    expect(await host({ claims, path: { id } })).toMatchObject({ status: 403, body: { code: 'capability-missing' } });
  });

  test('is refused to a participant, and to a stranger as if there were no meeting', async () => {
    const { id: attended } = await meetingFrom(minutes(5), { participants: [{ email: 'bob@example.org' }] });
    const { id: strange } = await meetingFrom(minutes(5));

    expect(await host({ claims: bob, path: { id: attended } })).toMatchObject({
      status: 403,
      body: { code: 'not-organizer' },
    });
    expect(await host({ claims: bob, path: { id: strange } })).toMatchObject({
      status: 404,
      body: { code: 'meeting-not-found' },
    });
  });

  test('is refused once the meeting is over', async () => {
    const { id } = await keptMeeting({ id: 'e'.repeat(26), validSince: minutes(-61) });

    expect(await host({ path: { id } })).toMatchObject({ status: 410, body: { code: 'ended' } });
  });

  test('is kept as a hash alone', async () => {
    const { id } = await meetingFrom(minutes(5));
    const { body } = await host({ path: { id } });
    const { ScanCommand } = await import('@aws-sdk/lib-dynamodb');
    const { Items } = await service.table.documents.send(new ScanCommand({ TableName: service.table.name }));

    expect(JSON.stringify(Items)).not.toContain(body.token);
  });
});
