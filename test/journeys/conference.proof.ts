import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { RoomFacts, ServerMessage } from '../../functions/rooms/signalling/protocol.ts';
import { callAs } from '../../infra/run/demo/call.ts';
import { beginJourney, type Journey, type ShownMeeting, within } from './journey.ts';

let service: Journey;
let turns = 0;

beforeAll(async () => {
  service = await beginJourney({
    roomCapacity: 3,
    iceServers: ['stun:stun.example.org', 'turn:turn.example.org'],
    turnSecret: '/meetings/turn-secret',
  });
  writeFileSync(join(service.stateDirectory, 'secrets.json'), JSON.stringify({ '/meetings/turn-secret': 'north' }));
});

afterAll(() => service.end());

/** A browser in a room. */
interface Guest {
  readonly socket: WebSocket;
  readonly received: ServerMessage[];
  /** Waits for a message of a type, and gives the last one. */
  hears<Type extends ServerMessage['type']>(type: Type): Promise<Extract<ServerMessage, { type: Type }>>;
  say(message: object): void;
  readonly closed: Promise<number>;
}

async function roomOf(url: string): Promise<{ status: number; room: RoomFacts }> {
  const reply = await fetch(url, { headers: { accept: 'application/json' } });
  return { status: reply.status, room: (await reply.json()) as RoomFacts };
}

async function connect(url: string, origin = service.url): Promise<Guest> {
  const { status, room } = await roomOf(url);
  if (status !== 200) throw new Error(`The room was answered with ${status}: ${JSON.stringify(room)}`);
  const [, key = ''] = url.split('.').slice(-2);
  const socket = new WebSocket(`${room.socketUrl}?room=${room.room}&key=${key}`, { origin });
  const received: ServerMessage[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const ofType = <Type extends ServerMessage['type']>(type: Type) =>
    received.filter((message): message is Extract<ServerMessage, { type: Type }> => message.type === type).at(-1);
  return {
    socket,
    received,
    closed,
    say: (message) => socket.send(JSON.stringify(message)),
    hears: (type) =>
      vi.waitFor(() => {
        const message = ofType(type);
        if (!message) throw new Error(`No ${type} among ${JSON.stringify(received)}`);
        return message;
      }, within),
  };
}

async function enter(url: string, name: string, fields: object = {}): Promise<Guest> {
  const guest = await connect(url);
  guest.say({ action: 'join', name, camera: true, microphone: true, ...fields });
  return guest;
}

const publicRoom = () => {
  turns += 1;
  return `${service.url}/c/Room-${turns}`;
};

async function schedule(fields: object = {}): Promise<ShownMeeting> {
  const body = { name: 'Planning', validSince: Date.now() + 60_000, participants: [], ...fields };
  return (await callAs<ShownMeeting>(service, 'alice', 'POST', '/meetings', body)).json;
}

describe('a public room', () => {
  test('brings people together who know its name', async () => {
    const url = publicRoom();
    const ana = await enter(url, 'Ana');
    const { you, iceServers } = await ana.hears('joined');
    const ben = await enter(url.replace('Room', 'ROOM'), 'Ben');
    const { people } = await ben.hears('joined');
    expect(people).toMatchObject([{ id: you.id, name: 'Ana' }]);
    const [, turn] = iceServers;
    const credential = createHmac('sha1', 'north').update(`${turn?.username}`).digest('base64');
    expect(iceServers[0]).toEqual({ urls: ['stun:stun.example.org'] });
    expect(turn).toEqual({ urls: ['turn:turn.example.org'], username: turn?.username, credential });
    expect(turn?.username).toMatch(new RegExp(`^\\d{10}:${you.id}$`));

    const { person } = await ana.hears('arrived');
    const data = { call: 'one', description: { type: 'offer', sdp: 'x'.repeat(20_000) }, fresh: true };
    ana.say({ action: 'signal', to: person.id, data });
    expect(await ben.hears('signal')).toEqual({ type: 'signal', from: you.id, data });
    ben.say({ action: 'chat', text: 'Hello' });
    expect(await ana.hears('chat')).toMatchObject({ from: person.id, text: 'Hello' });
    ben.socket.close(1000);
    expect(await ana.hears('left')).toEqual({ type: 'left', id: person.id });
  });

  test('holds no more than it may, and lets a reload back to its seat', async () => {
    const url = publicRoom();
    const guests = await Promise.all(['1', '2', '3', '4', '5'].map((name) => enter(url, name)));
    const joined = () => guests.filter(({ received }) => received.some(({ type }) => type === 'joined'));
    const refused = () => guests.filter(({ received }) => received.some(({ type }) => type === 'refused'));
    await vi.waitFor(() => expect([joined().length, refused().length]).toEqual([3, 2]), within);

    const [ana, ben] = joined();
    if (!ana || !ben) throw new Error('Nobody has joined');
    const { seat } = await ana.hears('joined');
    ana.socket.terminate();
    expect(await ben.hears('left')).toEqual({ type: 'left', id: seat.id, lost: true });
    const back = await enter(url, 'Ana', { seat: seat.token });
    expect((await back.hears('joined')).seat).toEqual(seat);
  });

  test('goes on whatever somebody sends', async () => {
    const url = publicRoom();
    const [ana, ben] = [await enter(url, 'Ana'), await enter(url, 'Ben')];
    await Promise.all([ana.hears('joined'), ben.hears('joined')]);
    ben.socket.send('nonsense');
    expect((await ben.hears('error')).code).toBe('invalid-json');
    ben.socket.send('x'.repeat(200_000));
    await ben.closed;
    await ana.hears('left');
    ana.say({ action: 'chat', text: 'still here' });

    expect((await ana.hears('chat')).text).toBe('still here');
  });

  test('opens no socket to a page from elsewhere', async () => {
    await expect(connect(publicRoom(), 'https://evil.example')).rejects.toThrow('403');
  });
});

describe('the room of a meeting', () => {
  test('has its organizer as host, who admits, and ends with the meeting when it is cancelled', async () => {
    const { id, url } = await schedule({ lobby: true });
    const { json } = await callAs<{ token: string }>(service, 'alice', 'POST', `/meetings/${id}/host-token`);
    const host = await enter(url, 'Alice', { host: json.token });
    expect((await host.hears('joined')).you.host).toBe(true);
    const bob = await enter(url, 'Bob');
    await bob.hears('waiting');
    host.say({ action: 'admit', id: (await host.hears('knocking')).id });
    expect((await bob.hears('joined')).people).toMatchObject([{ name: 'Alice', host: true }]);
    expect(service.schedules().map(({ Name }) => Name)).toEqual(expect.arrayContaining([`${id}-warning`, `${id}-end`]));
    await callAs(service, 'alice', 'DELETE', `/meetings/${id}`);

    for (const guest of [host, bob]) {
      expect(await guest.hears('ended')).toEqual({ type: 'ended', reason: 'cancelled' });
      await guest.closed;
    }
    expect((await roomOf(url)).status).toBe(410);
  });

  test('has its organizer told once that somebody waits where no host is there', async () => {
    const { id, url } = await schedule({ lobby: true });
    for (const name of ['Bob', 'Eve'])
      expect(await (await enter(url, name)).hears('waiting')).toMatchObject({ host: false });
    const told = () => service.mails().filter(({ tags }) => tags.meeting === id && tags.occasion?.startsWith('W'));
    await vi.waitFor(() => expect(told()).toHaveLength(1), within);
    await service.waitUntilIdle();

    expect(told().map(({ destinations }) => destinations)).toEqual([['alice@example.org']]);
  });

  test('tells people inside that the meeting was moved', async () => {
    const { id, url } = await schedule();
    const ana = await enter(url, 'Ana');
    await ana.hears('joined');
    const validSince = new Date(Date.now() + 7_200_000).toISOString();
    await callAs(service, 'alice', 'PATCH', `/meetings/${id}`, { validSince });

    expect(await ana.hears('ended')).toEqual({ type: 'ended', reason: 'moved', validSince });
  });

  test('ends by itself, and nobody comes in any more', async () => {
    const now = Date.now();
    const { url } = await schedule({ validSince: now - 60_000, validUntil: now + 4_000 });
    const ana = await enter(url, 'Ana');
    await ana.hears('joined');

    expect(await ana.hears('ended')).toEqual({ type: 'ended', reason: 'over' });
    await ana.closed;
    expect((await roomOf(url)).status).toBe(410);
  });
});

test.each(['POST /reservation/conference', 'GET /conferenceMapper'])(
  '%s is no door where no Jitsi server holds conferences',
  async (door) => {
    const [method, path] = door.split(' ');

    expect((await fetch(`${service.url}${path}`, { method: `${method}` })).status).toBe(404);
  },
);

test('no room’s function is denied what it needs', async () => {
  await service.waitUntilIdle();

  expect(service.denied()).toEqual([]);
});
