import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { roomSchedules } from '../../functions/handlers/roomSchedules.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import { linkFingerprint } from '../../functions/rooms/fingerprint.ts';
import { hostTokenStore } from '../../functions/rooms/hostTokenStore.ts';
import { publicRoomId } from '../../functions/rooms/publicRoom.ts';
import { broadcastLock } from '../../functions/rooms/seats/roomBroadcasts.ts';
import { type RoomStore, roomStore } from '../../functions/rooms/seats/roomStore.ts';
import { syncRoom } from '../../functions/rooms/seats/syncRoom.ts';
import { sendWelcome, type WelcomeServices } from '../../functions/rooms/seats/welcome.ts';
import type { ServerMessage } from '../../functions/rooms/signalling/protocol.ts';
import { socketClient } from '../../functions/rooms/signalling/socketClient.ts';
import { sockets as gateway } from '../../functions/runtime/clients.ts';
import { inParallel } from '../../functions/runtime/inParallel.ts';
import { log } from '../../functions/runtime/log.ts';
import { allRows } from '../../functions/runtime/table.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { meetingOf, participantOf } from '../meetings/meetings.ts';
import { startService, type TestService, testSettings } from '../service.ts';
import { startSockets, type TestSocket, type TestSockets } from './sockets.ts';

let service: TestService;
let sockets: TestSockets;
let logLines: LogLines;
let rooms = 0;

beforeAll(async () => {
  service = await startService({ roomCapacity: 4 });
  sockets = await startSockets();
});

beforeEach(() => {
  logLines = catchLog();
});

afterEach(() => {
  logLines.stop();
  vi.useRealTimers();
});

afterAll(async () => {
  await sockets.stop();
  await service.stop();
});

const minutes = (count: number) => new Date(Date.now() + count * 60_000);

/** A public room that no other test uses. */
function newRoom(): string {
  rooms += 1;
  return publicRoomId(`room-${rooms}`);
}

/** A meeting that is on now, but for what a test changes. */
async function newMeeting(changes: Partial<Meeting> = {}): Promise<Meeting> {
  rooms += 1;
  const id = String(rooms).padStart(26, 'm');
  const meeting = meetingOf({ id, validSince: minutes(-5), validUntil: minutes(55), ...changes });
  await meetingStore(service.table, 30).create(meeting, undefined);
  return meeting;
}

/** What the rooms work with, over this store. */
function servicesOver(rooms: RoomStore): WelcomeServices {
  const meetings = meetingStore(service.table, 30);
  return {
    rooms,
    meetings,
    visits: undefined,
    settings: testSettings,
    sockets: socketClient(gateway),
    readIceServers: async () => [],
  };
}

async function hostTokenOf({ id }: Meeting, token = `host-${id}`): Promise<string> {
  await hostTokenStore(service.table).keep(id, token, { userId: 'alice' }, minutes(5));
  return token;
}

async function open(room: string | Meeting): Promise<TestSocket> {
  const query = typeof room === 'string' ? { room } : { room: room.id, key: room.key };
  const socket = await sockets.open(query);
  if (!socket) throw new Error('The socket was refused');
  return socket;
}

const joinOf = (name: string, fields: object = {}) => ({
  action: 'join',
  name,
  camera: true,
  microphone: false,
  ...fields,
});

async function enter(room: string | Meeting, name: string, fields: object = {}): Promise<TestSocket> {
  const socket = await open(room);
  await sockets.send(socket, joinOf(name, fields));
  return socket;
}

type Of<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

function received<Type extends ServerMessage['type']>(socket: TestSocket, type: Type): Of<Type>[] {
  return socket.received.filter((message): message is Of<Type> => message.type === type);
}

function last<Type extends ServerMessage['type']>(socket: TestSocket, type: Type): Of<Type> {
  const message = received(socket, type).at(-1);
  if (!message) throw new Error(`No ${type} among ${JSON.stringify(socket.received)}`);
  return message;
}

const idOf = (socket: TestSocket) => last(socket, 'joined').you.id;

type Happening = readonly [read: number, happen: () => Promise<unknown>];

/** The rooms' store, where something happens just before, or just after, one of its reads. */
function storeWhere({ beforeRead, afterRead }: { beforeRead?: Happening; afterRead?: Happening }) {
  const store = roomStore(service.table);
  const { read } = store;
  let reads = 0;
  store.read = async (id) => {
    reads += 1;
    const number = reads;
    if (beforeRead?.[0] === number) await beforeRead[1]();
    const room = await read(id);
    if (afterRead?.[0] === number) await afterRead[1]();
    return room;
  };
  return store;
}

function forget(...all: TestSocket[]): void {
  for (const { received: messages } of all) messages.length = 0;
}

describe('a socket', () => {
  test('is opened by a public room, and by a meeting with its key', async () => {
    const meeting = await newMeeting();

    expect(await sockets.open({ room: newRoom() })).toBeDefined();
    expect(await sockets.open({ room: meeting.id, key: meeting.key })).toBeDefined();
    expect(await sockets.open({ room: `${meeting.id}.${meeting.key}` })).toBeDefined();
  });

  test('is refused without a room, with a wrong key, and where the room is not open', async () => {
    const meeting = await newMeeting();
    const closed = await Promise.all([
      newMeeting({ validSince: minutes(11), validUntil: minutes(60) }),
      newMeeting({ validSince: minutes(-61), validUntil: minutes(-1) }),
      newMeeting({ status: 'cancelled' }),
    ]);
    const queries = [
      {},
      { room: '' },
      { room: 'public-short' },
      { room: meeting.id },
      { room: meeting.id, key: '' },
      { room: meeting.id, key: meeting.key.replace(/^./, 'x') },
      { room: 'x'.repeat(26), key: meeting.key },
      ...closed.map(({ id, key }) => ({ room: id, key })),
    ];

    for (const query of queries) expect(await sockets.open(query)).toBeUndefined();
    expect(JSON.stringify(logLines.all())).not.toContain(meeting.key);
  });

  test.each([
    ['https://meet.example.org', true],
    ['https://app.example.org', true],
    ['https://evil.example', false],
    ['http://meet.example.org', false],
    ['null', false],
  ])('is opened by a page of %s: %s', async (Origin, opens) => {
    expect((await sockets.open({ room: newRoom() }, { headers: { Origin } })) !== undefined).toBe(opens);
  });

  test('is opened by what is no browser', async () => {
    expect(await sockets.open({ room: newRoom() }, { headers: {} })).toBeDefined();
  });
});

describe('sockets', () => {
  test('are opened from one address so many a minute and no more, and from another meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:20Z') });
    const room = newRoom();
    const addresses = Array.from({ length: 301 }, (_, host) => `2001:db8:1:2::${host}`);
    const opened = await inParallel(addresses, 20, (address) => sockets.open({ room }, { address }));

    expect(opened.filter((socket) => socket === undefined)).toHaveLength(1);
    expect(logLines.of('Socket refused')).toMatchObject([{ code: 'limited' }]);
    expect(await sockets.open({ room })).toBeDefined();
  });
});

describe('someone who joins', () => {
  test('gets a seat and the roster, and the others hear of them alone', async () => {
    const room = newRoom();
    const ana = await enter(room, 'Ana');
    const ben = await enter(room, 'Ben', { camera: false, microphone: true });

    expect(last(ana, 'joined')).toMatchObject({
      people: [],
      locked: false,
      iceServers: [{ urls: ['stun:stun.example.org:3478'] }],
      you: { name: 'Ana', host: false },
      seat: { id: idOf(ana), token: expect.stringMatching(/^[0-9a-z]{32}$/) },
    });
    const [person] = last(ben, 'joined').people;
    expect(person).toEqual({
      id: idOf(ana),
      name: 'Ana',
      host: false,
      camera: true,
      microphone: false,
      screen: false,
    });
    expect(received(ana, 'arrived')).toEqual([
      {
        type: 'arrived',
        person: { id: idOf(ben), name: 'Ben', host: false, camera: false, microphone: true, screen: false },
      },
    ]);
    expect(received(ben, 'arrived')).toEqual([]);
  });

  test('is told when the meeting ends', async () => {
    const meeting = await newMeeting();

    expect(last(await enter(meeting, 'Ana'), 'joined').endsAt).toBe(meeting.validUntil.toISOString());
    expect(last(await enter(newRoom(), 'Ana'), 'joined').endsAt).toBeUndefined();
  });

  test('is refused where the room is full, until somebody goes', async () => {
    const room = newRoom();
    const people = await Promise.all(['1', '2', '3', '4', '5', '6', '7'].map((name) => enter(room, name)));
    const seated = people.filter((socket) => received(socket, 'joined').length > 0);
    const [late] = people.filter((socket) => received(socket, 'joined').length === 0);

    expect(seated).toHaveLength(4);
    if (!seated[0] || !late) throw new Error('Nobody was refused');
    expect(last(late, 'refused')).toMatchObject({ reason: 'full' });
    await sockets.close(seated[0], 1001);
    await sockets.send(late, joinOf('Late'));
    expect(last(late, 'joined').people).toHaveLength(3);
  });

  test('knows everyone who came at the same time', async () => {
    const room = newRoom();
    const people = await Promise.all(['1', '2', '3', '4'].map((name) => enter(room, name)));

    for (const socket of people) {
      const known = [
        ...last(socket, 'joined').people.map(({ id }) => id),
        ...received(socket, 'arrived').map(({ person }) => person.id),
      ];
      const others = people.filter((other) => other !== socket).map(idOf);
      expect([...new Set(known)].sort()).toEqual(others.sort());
    }
  });

  test('knows nobody who went just as they were told of the arrival', async () => {
    const room = newRoom();
    const ana = await enter(room, 'Ana');
    const [seat] = (await roomStore(service.table).read(room)).seats;
    let ben: TestSocket | undefined;
    // Ben comes after the roster was read, and goes once it was seen that Ben had come.
    const store = storeWhere({
      beforeRead: [2, async () => (ben = await enter(room, 'Ben'))],
      afterRead: [4, async () => ben && sockets.close(ben, 1001)],
    });
    forget(ana);
    if (seat) await sendWelcome(servicesOver(store), room, seat, 'token', new Date());

    const told = ana.received.filter(({ type }) => type === 'arrived' || type === 'left').map(({ type }) => type);
    expect(told).toEqual(['arrived', 'left', 'arrived', 'left']);
  });

  test('knows what changed while they were told who is there', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    const { seats } = await roomStore(service.table).read(meeting.id);
    const seat = seats.find(({ id }) => id === idOf(ana));
    const happen = async () => {
      await sockets.send(host, { action: 'change', screen: true });
      await sockets.send(host, { action: 'lock', locked: true });
      forget(ana);
    };
    const store = storeWhere({ beforeRead: [2, happen] });
    if (seat) await sendWelcome(servicesOver(store), meeting.id, seat, 'token', new Date());

    expect(received(ana, 'changed')).toMatchObject([{ person: { id: idOf(host), screen: true } }]);
    expect(received(ana, 'locked')).toEqual([{ type: 'locked', locked: true }]);
  });

  test('is hung up on where they could not be told, so that their page comes again', async () => {
    const room = newRoom();
    const ana = await enter(room, 'Ana');
    const ben = await open(room);
    sockets.failPosts(1);
    await sockets.send(ben, joinOf('Ben'));

    expect(ben.isOpen).toBe(false);
    expect(received(ana, 'arrived')).toHaveLength(1);
  });

  test('takes a seat that was freed a moment before by another clock', async () => {
    const room = newRoom();
    const all = await Promise.all(['1', '2', '3', '4'].map((name) => enter(room, name)));
    const [first] = all;
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(0.1) });
    if (first) await sockets.close(first, 1001);
    vi.useRealTimers();

    expect(received(await enter(room, 'Late'), 'joined')).toHaveLength(1);
  });

  test('joins once on one connection', async () => {
    const room = newRoom();
    const ana = await enter(room, 'Ana');
    await sockets.send(ana, joinOf('Ana'));
    const ben = await open(room);
    await Promise.all([1, 2, 3].map(() => sockets.send(ben, joinOf('Ben'))));

    expect(last(ana, 'error').code).toBe('already-joined');
    expect(received(ben, 'joined')).toHaveLength(1);
    expect(new Set(received(ana, 'arrived').map(({ person }) => person.id)).size).toBe(1);
  });

  test('is refused with the reason where the meeting was cancelled or ended since their socket opened', async () => {
    const meeting = await newMeeting();
    const ana = await open(meeting);
    await meetingStore(service.table, 30).change(meeting, {
      ...meeting,
      status: 'cancelled',
      revision: 2,
      sequence: 2,
    });
    await sockets.send(ana, joinOf('Ana'));

    expect(last(ana, 'refused').reason).toBe('cancelled');
  });

  test('is refused with a name that shows nothing', async () => {
    const invisible = [
      '\u00ad',
      '\u2060',
      '\u200d',
      '\u200c',
      '\u3164',
      '\u115f',
      '\uffa0',
      '\u2800',
      '\u{e0041}',
      '\u202e\u200b',
    ];
    const message = 'The name must be one line of 1 to 60 characters, and show something.';
    for (const name of ['', ' ', ...invisible, 'x'.repeat(61), 'a\nb', undefined, 7]) {
      const socket = await open(newRoom());
      await sockets.send(socket, joinOf('', { name }));
      expect(socket.received).toEqual([{ type: 'refused', reason: 'name', message }]);
    }
  });

  test('has a name without what would make it pass for another', async () => {
    const socket = await enter(newRoom(), ' A\u202enn\u200ba  <b> ');

    expect(last(socket, 'joined').you.name).toBe('A nn a <b>');
  });

  test('is refused where they try too often', async () => {
    const room = newRoom();
    for (const name of ['1', '2', '3', '4']) await enter(room, name);
    const late = await open(room);
    for (let attempt = 0; attempt < 21; attempt += 1) await sockets.send(late, joinOf('Late'));

    expect(received(late, 'refused').map(({ reason }) => reason)).toContain('rate');
  });
});

describe('someone who goes', () => {
  test('is said to have left, and to be lost where their connection broke', async () => {
    const room = newRoom();
    const [ana, ben, eva, ida] = await Promise.all(['Ana', 'Ben', 'Eva', 'Ida'].map((name) => enter(room, name)));
    if (!ana || !ben || !eva || !ida) throw new Error('Somebody is missing');
    await sockets.close(ben, 1001);
    await sockets.close(eva);
    await sockets.send(ida, { action: 'leave' });
    await sockets.close(ida, 1000);

    expect(received(ana, 'left')).toEqual([
      { type: 'left', id: idOf(ben) },
      { type: 'left', id: idOf(eva), lost: true },
      { type: 'left', id: idOf(ida) },
    ]);
  });

  test('without a word is found to be lost soon after somebody misses them', async () => {
    const room = newRoom();
    const [ana, ben, eva] = [await enter(room, 'Ana'), await enter(room, 'Ben'), await enter(room, 'Eva')];
    sockets.crash(ben);
    for (const socket of [ana, eva]) await sockets.send(socket, { action: 'missing', id: idOf(ben) });
    expect(received(ana, 'left')).toEqual([]);
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(0.21) });
    await sockets.send(eva, { action: 'missing', id: idOf(ben) });

    expect(received(ana, 'left')).toEqual([{ type: 'left', id: idOf(ben), lost: true }]);
    expect(received(ana, 'error')).toEqual([]);
  });

  test('without a word is said to be lost by whoever takes their seat', async () => {
    const room = newRoom();
    const [ana, ben] = [await enter(room, 'Ana'), await enter(room, 'Ben')];
    await Promise.all([enter(room, '3'), enter(room, '4')]);
    sockets.crash(ben);
    await sockets.send(ana, { action: 'missing', id: idOf(ben) });
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(0.21) });
    const late = await enter(room, 'Late');

    expect(received(late, 'joined')).toHaveLength(1);
    expect(received(ana, 'left')).toEqual([{ type: 'left', id: idOf(ben), lost: true }]);
  });

  test('is not lost where they answer whoever misses them', async () => {
    const room = newRoom();
    const [ana, ben, eva] = [await enter(room, 'Ana'), await enter(room, 'Ben'), await enter(room, 'Eva')];
    for (const socket of [ana, eva]) await sockets.send(socket, { action: 'missing', id: idOf(ben) });
    expect(received(ben, 'missed'), 'asked once, however many miss them').toHaveLength(1);
    await sockets.send(ben, { action: 'ping' });
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(0.21) });
    await sockets.send(ana, { action: 'missing', id: idOf(ben) });

    expect(received(ben, 'missed')).toHaveLength(2);
    for (const socket of [ana, eva]) expect([...received(socket, 'left'), ...received(socket, 'error')]).toEqual([]);
  });

  test('without answering in time joins anew: of what was said meanwhile they know nothing', async () => {
    const room = newRoom();
    const [ana, ben, eva] = [await enter(room, 'Ana'), await enter(room, 'Ben'), await enter(room, 'Eva')];
    const { id, token } = last(ben, 'joined').seat;
    await sockets.send(ana, { action: 'missing', id });
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(0.21) });
    await sockets.close(eva, 1001);
    for (const message of [{ action: 'ping' }, { action: 'chat', text: 'Here!' }]) await sockets.send(ben, message);
    expect(received(ben, 'error').map(({ code }) => code)).toEqual(['no-seat', 'no-seat']);
    const again = await enter(room, 'Ben', { seat: token });

    expect(idOf(again)).toBe(id);
    expect(last(again, 'joined').people.map(({ name }) => name)).toEqual(['Ana']);
    expect(last(ana, 'arrived').person.id).toBe(id);
    expect(received(ana, 'chat')).toEqual([]);
  });

  test('and is missed by strangers stays', async () => {
    const [ana, eve] = [await enter(newRoom(), 'Ana'), await enter(newRoom(), 'Eve')];
    await sockets.send(eve, { action: 'missing', id: idOf(ana) });
    await sockets.send(eve, { action: 'missing', id: idOf(eve) });

    expect([...received(ana, 'missed'), ...received(eve, 'missed')]).toEqual([]);
  });

  test('hears nothing of it where they have gone already', async () => {
    const room = newRoom();
    const ana = await open(room);
    await sockets.send(ana, { action: 'leave' });
    await sockets.send(ana, joinOf('Ana'));
    await sockets.send(ana, { action: 'leave' });
    await sockets.send(ana, { action: 'leave' });

    expect(received(ana, 'error')).toEqual([]);
  });

  test('comes back to their seat with its token, as the same person', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const { seat } = last(host, 'joined');
    await sockets.close(host, 1001);
    forget(ana);
    const back = await enter(meeting, 'Host', { seat: seat.token });

    expect(last(back, 'joined')).toMatchObject({ seat, you: { id: seat.id, host: true } });
    expect(last(ana, 'arrived').person.id).toBe(seat.id);
  });

  test('comes back through a second connection before the first has ended', async () => {
    const room = newRoom();
    const ana = await enter(room, 'Ana');
    const before = await enter(room, 'Ben');
    const { seat } = last(before, 'joined');
    const after = await enter(room, 'Ben', { seat: seat.token });
    forget(ana);
    await sockets.close(before, 1000);
    await sockets.send(after, { action: 'chat', text: 'still here' });

    expect(last(after, 'joined').seat).toEqual(seat);
    expect(received(ana, 'left')).toEqual([]);
    expect(last(ana, 'chat')).toMatchObject({ from: seat.id, text: 'still here' });
  });

  test('says nothing more on a connection that another has taken the place of', async () => {
    const room = newRoom();
    const ana = await enter(room, 'Ana');
    const before = await enter(room, 'Ben');
    await enter(room, 'Ben', { seat: last(before, 'joined').seat.token });
    await sockets.send(before, { action: 'chat', text: 'ghost' });

    expect(received(ana, 'chat')).toEqual([]);
    expect(last(before, 'error').code).toBe('no-seat');
  });

  test('gets another seat where their own is taken', async () => {
    const room = newRoom();
    const people = await Promise.all(['1', '2', '3', '4'].map((name) => enter(room, name)));
    const [ana, ben] = people;
    if (!ana || !ben) throw new Error('Somebody is missing');
    const { seat } = last(ana, 'joined');
    await sockets.close(ana, 1001);
    await enter(room, 'Eva');
    expect(last(await enter(room, '1', { seat: seat.token }), 'refused').reason).toBe('full');
    await sockets.close(ben, 1001);

    expect(last(await enter(room, '1', { seat: seat.token }), 'joined').seat.id).not.toBe(seat.id);
  });

  test('loses their seat after a while where nobody says that they went', async () => {
    const room = newRoom();
    const ana = await enter(room, 'Ana');
    const ben = await enter(room, 'Ben');
    sockets.crash(ben);
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(9) });
    await sockets.send(ana, { action: 'ping' });
    expect(received(ana, 'left')).toEqual([]);
    vi.setSystemTime(minutes(2));
    await sockets.send(ana, { action: 'ping' });

    expect(received(ana, 'left')).toEqual([{ type: 'left', id: idOf(ben), lost: true }]);
    expect(received(ana, 'pong')).toHaveLength(2);
  });

  test('loses their seat at once where a message finds their connection gone, unless it is quite new', async () => {
    const room = newRoom();
    const ana = await enter(room, 'Ana');
    const ben = await enter(room, 'Ben');
    sockets.crash(ben);
    await sockets.send(ana, { action: 'chat', text: 'Ben?' });
    expect(received(ana, 'left')).toEqual([]);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(Date.now() + 11_000) });
    await sockets.send(ana, { action: 'chat', text: 'Ben?' });

    expect(received(ana, 'left')).toEqual([{ type: 'left', id: idOf(ben), lost: true }]);
  });
});

describe('people in a room', () => {
  test('are told with each pong what they should know', async () => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    const [{ id: knock = '' } = {}] = received(host, 'knocking');
    await sockets.send(host, { action: 'ping' });
    const endsAt = meeting.validUntil.toISOString();
    expect(last(host, 'pong').view).toEqual({ people: [], locked: false, endsAt, knocks: [knock] });
    await sockets.send(host, { action: 'admit', id: knock });
    await sockets.send(ana, { action: 'change', screen: true });
    for (const socket of [host, ana]) await sockets.send(socket, { action: 'ping' });

    expect(last(host, 'pong').view).toMatchObject({ people: [{ id: idOf(ana), screen: true }], knocks: [] });
    expect(last(ana, 'pong').view).toEqual({
      people: last(ana, 'joined').people,
      locked: false,
      endsAt,
      knocks: [],
    });
  });

  test('get fresh credentials for a restart of ICE, twelve times a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:00.000Z') });
    const ana = await enter(newRoom(), 'Ana');
    for (let ask = 0; ask < 13; ask += 1) await sockets.send(ana, { action: 'ice' });

    const answer = { type: 'iceServers', iceServers: [{ urls: ['stun:stun.example.org:3478'] }] };
    expect(received(ana, 'iceServers')).toEqual(Array.from({ length: 12 }, () => answer));
    expect(last(ana, 'error').code).toBe('limited');
  });

  test('signal to each other, and to nobody else', async () => {
    const [room, elsewhere] = [newRoom(), newRoom()];
    const [ana, ben, eva] = [await enter(room, 'Ana'), await enter(room, 'Ben'), await enter(room, 'Eva')];
    const far = await enter(elsewhere, 'Far');
    const data = { call: 'one', description: { type: 'offer', sdp: 'v=0' }, fresh: true };
    await sockets.send(ana, { action: 'signal', to: idOf(ben), data });
    await sockets.send(ana, { action: 'signal', to: idOf(far), data });
    await sockets.send(ana, { action: 'signal', to: idOf(ana), data });

    expect(received(ben, 'signal')).toEqual([{ type: 'signal', from: idOf(ana), data }]);
    expect([...received(eva, 'signal'), ...received(far, 'signal'), ...received(ana, 'signal')]).toEqual([]);
    expect(received(ana, 'error').map(({ code }) => code)).toEqual(['no-such-person', 'no-such-person']);
  });

  test('chat with everyone there, the writer included, in text', async () => {
    const room = newRoom();
    const [ana, ben] = [await enter(room, 'Ana'), await enter(room, 'Ben')];
    await sockets.send(ana, { action: 'chat', text: '<b>Hi</b>\r\n\u0007Ben\u202e ' });

    const line = { type: 'chat', from: idOf(ana), text: '<b>Hi</b>\nBen', at: expect.stringMatching(/Z$/) };
    expect([received(ana, 'chat'), received(ben, 'chat')]).toEqual([[line], [line]]);
    expect(JSON.stringify(logLines.all())).not.toMatch(/Hi|Ana|Ben/);
  });

  test('are told of a line under the id that its page gave it, the writer last, and which one is refused', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:00.000Z') });
    const room = newRoom();
    const [ana, ben] = [await enter(room, 'Ana'), await enter(room, 'Ben')];
    const order: string[] = [];
    for (const [name, socket] of Object.entries({ ana, ben })) {
      const push = socket.received.push.bind(socket.received);
      socket.received.push = (message) => {
        if (message.type === 'chat') order.push(name);
        return push(message);
      };
    }
    // The first to be told of it is slow to hear.
    sockets.slowPosts([300, 0]);
    await sockets.send(ana, { action: 'chat', id: 'line-1', text: 'Hi' });
    sockets.slowPosts([]);
    const at = '2027-03-01T10:00:00.000Z';
    for (const socket of [ana, ben]) {
      expect(received(socket, 'chat')).toEqual([{ type: 'chat', from: idOf(ana), text: 'Hi', at, id: 'line-1' }]);
    }
    expect(order).toEqual(['ben', 'ana']);
    await sockets.send(ana, { action: 'chat', id: 'line-2', text: '\u2060' });
    const message = 'text must show something.';
    expect(last(ana, 'error')).toEqual({ type: 'error', code: 'invalid-message', message, id: 'line-2' });
  });

  test('tell the others what changes, and only that', async () => {
    const room = newRoom();
    const [ana, ben] = [await enter(room, 'Ana'), await enter(room, 'Ben')];
    await sockets.send(ana, { action: 'change', screen: true });
    await sockets.send(ana, { action: 'change', name: 'Anne', camera: false });
    await sockets.send(ana, { action: 'change' });

    expect(received(ben, 'changed')).toEqual([
      { type: 'changed', person: { id: idOf(ana), screen: true, screenSince: expect.stringMatching(/Z$/) } },
      { type: 'changed', person: { id: idOf(ana), name: 'Anne', camera: false } },
    ]);
    expect(last(await enter(room, 'Eva'), 'joined').people).toContainEqual(
      expect.objectContaining({ id: idOf(ana), name: 'Anne', camera: false, screen: true }),
    );
  });

  test('share one screen, the newest: who shared before is told, and everyone sees it', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:00.000Z') });
    const room = newRoom();
    const [ana, ben, eva] = [await enter(room, 'Ana'), await enter(room, 'Ben'), await enter(room, 'Eva')];
    await sockets.send(ana, { action: 'change', screen: true });
    vi.setSystemTime('2027-03-01T10:00:01.000Z');
    await sockets.send(ben, { action: 'change', screen: true });
    await sockets.send(ben, { action: 'change', camera: false, screen: true });

    expect(received(ana, 'shareOver')).toEqual([{ type: 'shareOver', by: idOf(ben) }]);
    const [since, later] = ['2027-03-01T10:00:00.000Z', '2027-03-01T10:00:01.000Z'];
    expect(received(eva, 'changed').map(({ person }) => person)).toEqual([
      { id: idOf(ana), screen: true, screenSince: since },
      { id: idOf(ben), screen: true, screenSince: later },
      { id: idOf(ana), screen: false },
      { id: idOf(ben), camera: false, screen: true },
    ]);
    expect(received(ben, 'shareOver')).toEqual([]);
    const people = last(await enter(room, 'Ida'), 'joined').people.filter(({ screen }) => screen);
    expect(people).toMatchObject([{ name: 'Ben', screenSince: later }]);
  });

  test('share the newest screen by the service’s clock, however late the older is read', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:01.000Z') });
    const room = newRoom();
    const [ana, ben] = [await enter(room, 'Ana'), await enter(room, 'Ben')];
    await sockets.send(ana, { action: 'change', screen: true });
    vi.setSystemTime('2027-03-01T10:00:00.000Z');
    await sockets.send(ben, { action: 'change', screen: true });

    expect(received(ben, 'shareOver')).toEqual([{ type: 'shareOver', by: idOf(ana) }]);
    expect(received(ana, 'shareOver')).toEqual([]);
    expect(last(ana, 'changed').person).toEqual({ id: idOf(ben), screen: false });
  });

  test('are not kept from hearing by one who cannot be reached', async () => {
    const room = newRoom();
    const [ana, ben, eva] = [await enter(room, 'Ana'), await enter(room, 'Ben'), await enter(room, 'Eva')];
    sockets.failPosts(1);
    await sockets.send(ana, { action: 'chat', text: 'one' });

    expect([ana, ben, eva].flatMap((socket) => received(socket, 'chat'))).toHaveLength(2);
    expect(logLines.of('Message not posted to a socket')).toHaveLength(1);
  });

  test.each([
    ['no JSON', 'nonsense', 'invalid-json'],
    ['a number', '7', 'invalid-message'],
    ['null', 'null', 'invalid-message'],
    ['an unknown action', { action: 'dance' }, 'unknown-action'],
    ['no action', { text: 'x' }, 'unknown-action'],
    ['a field too many', { action: 'ping', extra: 1 }, 'invalid-message'],
    ['an empty line', { action: 'chat', text: ' ' }, 'invalid-message'],
    ['a line that is too long', { action: 'chat', text: 'x'.repeat(2_001) }, 'invalid-message'],
    ['a huge line', { action: 'chat', text: 'x'.repeat(120_000) }, 'invalid-message'],
    ['a wrong type', { action: 'lock', locked: 'yes' }, 'invalid-message'],
  ])('are told where they send %s, and the room goes on', async (_, message, code) => {
    const room = newRoom();
    const [ana, ben] = [await enter(room, 'Ana'), await enter(room, 'Ben')];
    expect(await sockets.send(ana, message)).toBe(200);
    await sockets.send(ana, { action: 'chat', text: 'on' });

    expect(last(ana, 'error').code).toBe(code);
    expect(received(ben, 'chat')).toHaveLength(1);
    expect(received(ben, 'error')).toEqual([]);
  });

  test('write so many lines at once and no more', async () => {
    const room = newRoom();
    const [ana, ben] = [await enter(room, 'Ana'), await enter(room, 'Ben')];
    for (let line = 0; line < 21; line += 1) await sockets.send(ana, { action: 'chat', text: `${line}` });

    expect(received(ana, 'error').map(({ code }) => code)).toContain('limited');
    expect(received(ben, 'chat').length).toBeLessThanOrEqual(20);
  });

  test('are heard only once they have joined', async () => {
    const room = newRoom();
    const [ana, outside] = [await enter(room, 'Ana'), await open(room)];
    for (const message of [
      { action: 'chat', text: 'hi' },
      { action: 'ping' },
      { action: 'signal', to: idOf(ana), data: { call: 'one', lost: true } },
    ]) {
      await sockets.send(outside, message);
    }

    expect(received(outside, 'error').map(({ code }) => code)).toEqual(['no-seat', 'no-seat', 'no-seat']);
    expect([...received(ana, 'chat'), ...received(ana, 'signal')]).toEqual([]);
  });
});

describe('a host', () => {
  test('is whoever brings a token of this meeting that has not expired', async () => {
    const [meeting, another] = [await newMeeting(), await newMeeting()];
    const token = await hostTokenOf(meeting);
    const foreign = await hostTokenOf(another);

    expect(last(await enter(meeting, 'Host', { host: token }), 'joined').you.host).toBe(true);
    for (const host of [foreign, 'forged', `${token}x`]) {
      expect(last(await enter(meeting, 'Forger', { host }), 'refused').reason).toBe('host-token');
    }
    expect(last(await enter(newRoom(), 'Forger', { host: token }), 'refused').reason).toBe('host-token');
    const old = await hostTokenOf(meeting, 'old-token');
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(6) });
    expect(last(await enter(meeting, 'Late', { host: old }), 'refused').reason).toBe('host-token');
  });

  test('that a co-host got serves them no longer than they are one', async () => {
    const cohost = participantOf({ id: 'carla', userId: 'carla-id', role: 'cohost' });
    const seen = [];
    for (const participants of [[cohost], [{ ...cohost, role: undefined }], []]) {
      const meeting = await newMeeting({ participants });
      await hostTokenStore(service.table).keep(
        meeting.id,
        `host-${meeting.id}`,
        { userId: 'carla-id', asCohost: true },
        minutes(5),
      );
      seen.push((await enter(meeting, 'Carla', { host: `host-${meeting.id}` })).received[0]);
    }

    expect(seen).toMatchObject([
      { type: 'joined', you: { name: 'Carla', host: true } },
      { type: 'refused', reason: 'host-token' },
      { type: 'refused', reason: 'host-token' },
    ]);
  });

  test('is one connection with one token: whoever brings it again is refused, and comes back by their seat', async () => {
    const meeting = await newMeeting();
    const token = await hostTokenOf(meeting);
    const both = [await open(meeting), await open(meeting)];
    await Promise.all(both.map((socket) => sockets.send(socket, joinOf('Host', { host: token }))));
    const [host] = both.filter((socket) => received(socket, 'joined').length > 0);
    const [second] = both.filter((socket) => socket !== host);
    const third = await enter(meeting, 'Host', { host: token });

    const message = 'The token of the host is not valid, has been used, or has expired.';
    for (const socket of [second, third]) {
      expect(socket?.received).toEqual([{ type: 'refused', reason: 'host-token', message }]);
    }
    if (!host) throw new Error('There is no host');
    await sockets.close(host);
    const back = await enter(meeting, 'Host', { seat: last(host, 'joined').seat.token });
    expect(last(back, 'joined').you.host).toBe(true);
  });

  test('alone may lock, remove, admit, refuse and end', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    const acts = [
      { action: 'lock', locked: true },
      { action: 'remove', id: idOf(host) },
      { action: 'admit', id: 'x' },
      { action: 'refuse', id: 'x' },
      { action: 'end' },
    ];
    for (const message of acts) await sockets.send(ana, message);

    expect(received(ana, 'error').map(({ code }) => code)).toEqual(acts.map(() => 'host-needed'));
    expect(host.isOpen).toBe(true);
  });

  test('locks the room, and opens it again', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    await sockets.send(host, { action: 'lock', locked: true });
    const ben = await enter(meeting, 'Ben');
    const second = await enter(meeting, 'Second host', { host: await hostTokenOf(meeting) });
    await sockets.send(host, { action: 'lock', locked: false });
    await sockets.send(ben, joinOf('Ben'));

    expect(last(ben, 'refused').reason).toBe('locked');
    expect(last(second, 'joined').locked).toBe(true);
    expect(received(ana, 'locked').map(({ locked }) => locked)).toEqual([true, false]);
    expect(received(ben, 'joined')).toHaveLength(1);
  });

  test('whose guest was in a locked room lets them come back to their seat', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    await sockets.send(host, { action: 'lock', locked: true });
    await sockets.close(ana, 1001);
    const back = await enter(meeting, 'Ana', { seat: last(ana, 'joined').seat.token });

    expect(received(back, 'joined')).toHaveLength(1);
  });

  test('leaves no room locked behind them', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    await sockets.send(host, { action: 'lock', locked: true });
    await sockets.close(host, 1001);

    expect(received(await enter(meeting, 'Ana'), 'joined')).toHaveLength(1);
  });

  test('and another who lock and open at the same time leave nobody with the wrong word', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    const store = storeWhere({
      beforeRead: [2, () => roomStore(service.table).setLock(meeting.id, { locked: false })],
    });
    await store.setLock(meeting.id, { locked: true });
    await broadcastLock(servicesOver(store), meeting.id, new Date());

    expect(received(ana, 'locked').map(({ locked }) => locked)).toEqual([true, false]);
  });

  test('leaves no room locked by one who goes without a word', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    await sockets.send(host, { action: 'lock', locked: true });
    sockets.crash(host);
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(11) });
    const ana = await enter(meeting, 'Ana');

    expect(last(ana, 'joined')).toMatchObject({ people: [], locked: false });
  });

  test('removes somebody whose connection has just broken, or who has just come back on another', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const [ben, eva] = [await enter(meeting, 'Ben'), await enter(meeting, 'Eva')];
    await sockets.close(ben, 1006);
    await sockets.send(host, { action: 'remove', id: idOf(ben) });
    const again = await enter(meeting, 'Ben', { seat: last(ben, 'joined').seat.token });
    expect(last(again, 'refused').reason).toBe('removed');

    const store = roomStore(service.table);
    const { id, token } = last(eva, 'joined').seat;
    const before = (await store.read(meeting.id)).seats.find((seat) => seat.id === id);
    const back = await enter(meeting, 'Eva', { seat: token });
    expect(before && (await store.remove(meeting.id, before, new Date()))).toBe(true);
    expect(last(back, 'joined').seat.id).toBe(id);
    expect(last(await enter(meeting, 'Eva', { seat: token }), 'refused').reason).toBe('removed');
    expect(received(host, 'error')).toEqual([]);
  });

  test('removes somebody, whose token does not bring them back', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const [ana, ben] = [await enter(meeting, 'Ana'), await enter(meeting, 'Ben')];
    await sockets.send(host, { action: 'remove', id: idOf(ben) });
    await sockets.send(host, { action: 'remove', id: idOf(ben) });
    await sockets.close(ben, 1005);

    expect(received(ben, 'removed')).toHaveLength(1);
    expect(ben.isOpen).toBe(false);
    expect(received(ana, 'left')).toEqual([{ type: 'left', id: idOf(ben) }]);
    expect(last(host, 'error').code).toBe('no-such-person');
    const back = await enter(meeting, 'Ben', { seat: last(ben, 'joined').seat.token });
    expect(last(back, 'refused').reason).toBe('removed');
  });

  test('admits whom they have removed, or not: whoever comes from there, or with that browser, waits for them', async () => {
    const meeting = await newMeeting();
    const query = { room: meeting.id, key: meeting.key };
    const comes = async (address: string, browser: string, fields: object = {}) => {
      const socket = await sockets.open(query, { address });
      if (!socket) throw new Error('The socket was refused');
      await sockets.send(socket, joinOf('Eve', { browser, ...fields }));
      return socket;
    };
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await comes('203.0.113.8', 'one');
    const eve = await comes('203.0.113.9', 'two');
    await sockets.send(host, { action: 'remove', id: idOf(eve) });
    await sockets.close(eve, 1005);

    const elsewhere = await comes('203.0.113.10', 'two');
    const other = await comes('203.0.113.9', 'three');
    for (const socket of [elsewhere, other]) expect(last(socket, 'waiting')).toEqual({ type: 'waiting', host: true });
    const [first, second] = received(host, 'knocking').map(({ id }) => id);
    expect(received(host, 'knocking').map(({ removed }) => removed)).toEqual([true, true]);
    await sockets.send(host, { action: 'refuse', id: first });
    await sockets.send(host, { action: 'admit', id: second });
    expect(last(elsewhere, 'refused').reason).toBe('declined');
    const { seat } = last(other, 'joined');
    await sockets.close(other);
    expect(last(await comes('203.0.113.9', 'three', { seat: seat.token }), 'joined').seat).toEqual(seat);
    await sockets.close(ana, 1001);
    expect(last(await comes('203.0.113.8', 'one'), 'joined').you.name).toBe('Eve');
    const wanderer = await comes('203.0.113.11', 'four', { seat: last(eve, 'joined').seat.token });
    expect(last(wanderer, 'refused').reason).toBe('removed');
  });

  test('comes into a full room, but no second one does', async () => {
    const meeting = await newMeeting();
    const people = await Promise.all(['1', '2', '3', '4'].map((name) => enter(meeting, name)));
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const second = await enter(meeting, 'Second', { host: await hostTokenOf(meeting) });

    expect(last(host, 'joined')).toMatchObject({ you: { host: true } });
    expect(last(host, 'joined').people).toHaveLength(4);
    expect(last(second, 'refused').reason).toBe('full');
    const [ana] = people;
    if (!ana) throw new Error('Nobody is here');
    await sockets.send(host, { action: 'remove', id: idOf(ana) });
    expect(received(await enter(meeting, 'Late'), 'joined')).toHaveLength(1);
  });

  test('ends the conference for everyone', async () => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const waiting = await enter(meeting, 'Ana');
    await sockets.send(host, { action: 'end' });

    expect([last(host, 'ended').reason, last(waiting, 'ended').reason]).toEqual(['host', 'host']);
    expect([host.isOpen, waiting.isOpen]).toEqual([false, false]);
  });

  test('who ended the conference keeps everyone out until a host opens the room', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    await sockets.send(host, { action: 'lock', locked: true });
    await sockets.send(host, { action: 'end' });
    const refused = {
      type: 'refused',
      reason: 'ended-host',
      message: 'A host has ended the conference; it opens again when a host joins.',
    };
    const reloaded = await enter(meeting, 'Ana', { seat: last(ana, 'joined').seat.token });
    const anew = await enter(meeting, 'Ben');
    expect([reloaded.received, anew.received]).toEqual([[refused], [refused]]);
    const again = await enter(meeting, 'Host', { host: await hostTokenOf(meeting, 'second-token') });
    await sockets.send(anew, joinOf('Ben'));

    expect(last(again, 'joined')).toMatchObject({ people: [], locked: false, you: { host: true } });
    expect(last(anew, 'joined').people.map(({ name }) => name)).toEqual(['Host']);
  });

  test('who ended the conference ends it also for whoever was coming in just then', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    const store = roomStore(service.table);
    const [seat] = (await store.read(meeting.id)).seats;
    forget(ana);
    // The end was written after Ana had taken the seat, and did not see it.
    await store.endByHost(meeting.id);
    if (seat) await sendWelcome(servicesOver(store), meeting.id, seat, 'token', new Date());

    expect(ana.received).toEqual([{ type: 'ended', reason: 'host' }]);
    expect(ana.isOpen).toBe(false);
    expect(last(await enter(meeting, 'Ana', { seat: 'token' }), 'refused').reason).toBe('ended-host');
  });

  test('who ended the conference has closed nothing that is held anew once it is moved', async () => {
    const meeting = await newMeeting();
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    await sockets.send(host, { action: 'end' });
    const moved = { ...meeting, validSince: minutes(5), revision: 2, sequence: 2 };
    await meetingStore(service.table, 30).change(meeting, moved);

    expect(received(await enter(meeting, 'Ana'), 'joined')).toHaveLength(1);
  });
});

describe('a lobby', () => {
  test('holds people until a host admits them', async () => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    const { id, name } = last(host, 'knocking');
    expect(received(ana, 'waiting')).toHaveLength(1);
    expect(name).toBe('Ana');
    await sockets.send(host, { action: 'admit', id });

    expect(last(ana, 'joined').people).toMatchObject([{ name: 'Host', host: true }]);
    expect(received(host, 'knockGone')).toEqual([{ type: 'knockGone', id }]);
    expect(last(host, 'arrived').person).toMatchObject({ name: 'Ana', camera: true });
    await sockets.send(host, { action: 'admit', id });
    expect(last(host, 'error').code).toBe('no-such-person');
  });

  test('tells a host who comes late of those who wait', async () => {
    const meeting = await newMeeting({ lobby: true });
    await enter(meeting, 'Ana');
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });

    expect(received(host, 'knocking').map(({ name }) => name)).toEqual(['Ana']);
  });

  test('shows no host somebody who went just as the host was told of them', async () => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    const [seat] = (await roomStore(service.table).read(meeting.id)).seats;
    forget(host);
    const store = storeWhere({ afterRead: [4, () => sockets.close(ana, 1001)] });
    if (seat) await sendWelcome(servicesOver(store), meeting.id, seat, 'token', new Date());

    const told = host.received.map(({ type }) => type);
    expect(told).toEqual(['joined', 'knockGone', 'knocking', 'knockGone']);
  });

  test('tells whoever waits whether a host is here, and when one comes and goes', async () => {
    const meeting = await newMeeting({ lobby: true });
    const ana = await enter(meeting, 'Ana');
    expect(ana.received).toEqual([{ type: 'waiting', host: false }]);
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ben = await enter(meeting, 'Ben');
    expect(ana.received.slice(1)).toEqual([{ type: 'hosts', here: true }]);
    expect(ben.received).toEqual([{ type: 'waiting', host: true }]);
    await sockets.close(host);

    for (const socket of [ana, ben]) expect(last(socket, 'hosts').here).toBe(false);
    const { seat } = last(host, 'joined');
    await enter(meeting, 'Host', { seat: seat.token });
    for (const socket of [ana, ben]) expect(last(socket, 'hosts').here).toBe(true);
  });

  test('keeps once for each start that somebody waits where no host is there', async () => {
    const meeting = await newMeeting({ lobby: true });
    const keptOf = ({ id }: Meeting) => allRows(service.table, `MEETING#${id}`, 'WAITING#');
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    await enter(meeting, 'Ana');
    expect(await keptOf(meeting)).toEqual([]);
    await sockets.close(host, 1000);
    const now = minutes(1);
    vi.useFakeTimers({ toFake: ['Date'], now });
    await enter(meeting, 'Ben');
    vi.setSystemTime(minutes(1));
    await enter(meeting, 'Eva');

    expect(await keptOf(meeting)).toEqual([
      {
        pk: `MEETING#${meeting.id}`,
        sk: `WAITING#${meeting.validSince.toISOString()}`,
        since: now.toISOString(),
        expiresAt: Math.floor(meeting.validUntil.getTime() / 1_000) + 86_400,
      },
    ]);
  });

  test('tells whoever waits that the host has gone without a word, once they ask', async () => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    sockets.crash(host);
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(9) });
    await sockets.send(ana, { action: 'ping' });
    expect(last(ana, 'hosts').here).toBe(true);
    vi.setSystemTime(minutes(2));
    await sockets.send(ana, { action: 'ping' });

    expect(last(ana, 'hosts').here).toBe(false);
  });

  test('sends away whom a host refuses, and whoever has waited enough', async () => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const people = [await enter(meeting, 'Ana'), await enter(meeting, 'Ben'), await enter(meeting, 'Eva')];
    const [ana, ben, eva] = people;
    if (!ana || !ben || !eva) throw new Error('Somebody is missing');
    const [first, second, third] = received(host, 'knocking').map(({ id }) => id);
    await sockets.send(host, { action: 'refuse', id: first });
    await sockets.send(ben, { action: 'leave' });
    await sockets.close(eva);

    expect(last(ana, 'refused').reason).toBe('declined');
    expect(received(host, 'knockGone').map(({ id }) => id)).toEqual([first, second, third]);
  });

  test('lets someone back in who was admitted, without asking again', async () => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    await sockets.send(host, { action: 'admit', id: last(host, 'knocking').id });
    const { seat } = last(ana, 'joined');
    await sockets.close(ana, 1001);

    expect(last(await enter(meeting, 'Ana', { seat: seat.token }), 'joined').seat).toEqual(seat);
  });

  test.each([
    ['IPv4 address', () => '203.0.113.20'],
    ['IPv6 network of 64 bits', (index: number) => `2001:db8:7:8::${index + 1}`],
  ])('is open to others however many knock from one %s', async (_, addressOf) => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const query = { room: meeting.id, key: meeting.key };
    const knock = async (address: string, browser: string) => {
      const socket = await sockets.open(query, { address });
      if (!socket) throw new Error('The socket was refused');
      await sockets.send(socket, joinOf(browser, { browser }));
      return socket;
    };
    const indexes = Array.from({ length: 50 }, (_, index) => index);
    const many = await inParallel(indexes, 10, (index) => knock(addressOf(index), `browser-${index}`));
    const waiting = many.filter((socket) => received(socket, 'waiting').length > 0);
    const refused = many.filter((socket) => !waiting.includes(socket));
    const ana = await knock('203.0.113.21', 'Ana');

    expect(waiting).toHaveLength(16);
    const message = 'Too many who come from where you are wait already; try again in a while.';
    for (const socket of refused) expect(socket.received).toEqual([{ type: 'refused', reason: 'crowded', message }]);
    expect(received(ana, 'waiting')).toHaveLength(1);
    await sockets.send(host, { action: 'admit', id: last(host, 'knocking').id });
    expect(last(ana, 'joined').you.name).toBe('Ana');
  });

  test('holds three of one browser, wherever it is', async () => {
    const meeting = await newMeeting({ lobby: true });
    const tabs = [1, 2, 3, 4].map(() => enter(meeting, 'Ana', { browser: 'the same' }));
    const answers = (await Promise.all(tabs)).map(({ received: [message] }) => message?.type);

    expect(answers.sort()).toEqual(['refused', 'waiting', 'waiting', 'waiting']);
  });

  test('tells the host where the room is full', async () => {
    const meeting = await newMeeting({ lobby: true });
    const enterAsHost = async (name: string) =>
      enter(meeting, name, { host: await hostTokenOf(meeting, `host ${name}`) });
    const hosts = await Promise.all(['1', '2', '3', '4'].map(enterAsHost));
    await enter(meeting, 'Ana');
    const [host] = hosts;
    if (!host) throw new Error('There is no host');
    await sockets.send(host, { action: 'admit', id: last(host, 'knocking').id });

    expect(last(host, 'error').code).toBe('full');
  });
});

describe('the end of a meeting', () => {
  test('is told five minutes before, once, and comes by the service’s clock', async () => {
    const meeting = await newMeeting({ validUntil: minutes(6) });
    const [ana, ben] = [await enter(meeting, 'Ana'), await enter(meeting, 'Ben')];
    await sockets.send(ana, { action: 'ping' });
    expect(received(ana, 'ending')).toEqual([]);
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(1.5) });
    for (const socket of [ana, ben, ana]) await sockets.send(socket, { action: 'ping' });
    const at = meeting.validUntil.toISOString();
    expect([received(ana, 'ending'), received(ben, 'ending')]).toEqual([
      [{ type: 'ending', at }],
      [{ type: 'ending', at }],
    ]);
    vi.setSystemTime(meeting.validUntil);
    await sockets.send(ben, { action: 'chat', text: 'one more thing' });

    for (const socket of [ana, ben]) {
      expect(received(socket, 'ended')).toEqual([{ type: 'ended', reason: 'over' }]);
      expect(received(socket, 'chat')).toEqual([]);
      expect(socket.isOpen).toBe(false);
    }
    expect(await sockets.open({ room: meeting.id, key: meeting.key })).toBeUndefined();
  });
});

describe('the clock of a meeting’s room', () => {
  let due: (event: unknown) => Promise<void>;

  beforeAll(async () => {
    ({ handler: due } = await import('../../functions/handlers/schedule/onRoomDue.handler.ts'));
  });

  const clockOf = ({ id }: Meeting) => [sockets.schedules.get(`${id}-warning`), sockets.schedules.get(`${id}-end`)];

  test('is set by the first who comes, to five minutes before the end and to the end, never early', async () => {
    const validUntil = new Date(Date.parse('2027-03-01T11:00:00.250Z'));
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:00Z') });
    const meeting = await newMeeting({ validSince: new Date('2027-03-01T10:00:00Z'), validUntil });
    await enter(meeting, 'Ana');
    const input = { roomId: meeting.id };
    const clock = [
      { at: new Date('2027-03-01T10:55:01Z'), input },
      { at: new Date('2027-03-01T11:00:01Z'), input },
    ];
    expect(clockOf(meeting)).toEqual(clock);
    await enter(meeting, 'Ben');

    expect(clockOf(meeting)).toEqual(clock);
  });

  test('warns of no end that has just been moved', async () => {
    const meeting = await newMeeting({ validUntil: minutes(4) });
    const store = roomStore(service.table);
    await store.keepTimes(meeting.id, { ...meeting, validUntil: minutes(60) });

    expect(await store.warn(meeting.id, meeting.validUntil)).toBe(false);
  });

  test('warns and ends where nobody says a word', async () => {
    const meeting = await newMeeting({ validUntil: minutes(8) });
    const [ana, ben] = [await enter(meeting, 'Ana'), await enter(meeting, 'Ben')];
    await due({ roomId: meeting.id });
    expect([...received(ana, 'ending'), ...received(ana, 'ended')]).toEqual([]);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(meeting.validUntil.getTime() - 300_000) });
    for (let call = 0; call < 2; call += 1) await due({ roomId: meeting.id });
    for (const socket of [ana, ben]) expect(received(socket, 'ending')).toHaveLength(1);
    vi.setSystemTime(meeting.validUntil);
    for (let call = 0; call < 2; call += 1) await due({ roomId: meeting.id });

    for (const socket of [ana, ben]) expect(received(socket, 'ended')).toEqual([{ type: 'ended', reason: 'over' }]);
  });

  test('finds nothing to do in a room that nobody has entered', async () => {
    await expect(due({ roomId: (await newMeeting()).id })).resolves.toBeUndefined();
  });

  test('that cannot be set keeps nobody out', async () => {
    const meeting = await newMeeting();
    sockets.failSchedules(10);
    const ana = await enter(meeting, 'Ana');
    sockets.failSchedules(0);

    expect(received(ana, 'joined')).toHaveLength(1);
    expect(logLines.of('Clock of a room not set')).toMatchObject([{ level: 'error', roomId: meeting.id }]);
  });

  test('does not end a meeting that has just been extended', async () => {
    const meeting = await newMeeting({ validUntil: minutes(8) });
    const ana = await enter(meeting, 'Ana');
    const extended = { ...meeting, validUntil: minutes(120), revision: 2, sequence: 2 };
    await meetingStore(service.table, 30).change(meeting, extended);
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(9) });
    await due({ roomId: meeting.id });
    for (const message of [{ action: 'ping' }, { action: 'chat', text: 'on' }]) await sockets.send(ana, message);

    expect([...received(ana, 'ended'), ...received(ana, 'ending')]).toEqual([]);
    expect(received(ana, 'chat')).toHaveLength(1);
  });
});

describe('people in the room of a meeting that changes', () => {
  async function change(meeting: Meeting, changes: Partial<Meeting>): Promise<void> {
    const services = {
      ...servicesOver(roomStore(service.table)),
      schedules: roomSchedules(),
      log,
    };
    const changed = { ...meeting, ...changes, revision: meeting.revision + 1, sequence: meeting.sequence + 1 };
    await meetingStore(service.table, 30).change(meeting, changed);
    // The stream may tell the same twice.
    for (let told = 0; told < 2; told += 1) await syncRoom(services, changed, new Date());
  }

  test('are told that it was cancelled, those who wait too', async () => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const ana = await enter(meeting, 'Ana');
    await change(meeting, { status: 'cancelled' });

    for (const socket of [host, ana]) {
      expect(received(socket, 'ended')).toEqual([{ type: 'ended', reason: 'cancelled' }]);
      expect(socket.isOpen).toBe(false);
    }
  });

  test('are told that it was moved to later', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    const validSince = minutes(60);
    await change(meeting, { validSince, validUntil: minutes(120) });

    expect(received(ana, 'ended')).toEqual([{ type: 'ended', reason: 'moved', validSince: validSince.toISOString() }]);
  });

  test('are told when it ends now', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    const validUntil = minutes(90);
    await change(meeting, { validUntil });

    expect(received(ana, 'ending')).toEqual([{ type: 'ending', at: validUntil.toISOString() }]);
    const end = sockets.schedules.get(`${meeting.id}-end`)?.at.getTime();
    expect(end).toBe(Math.ceil(validUntil.getTime() / 1_000) * 1_000);
    expect(last(await enter(meeting, 'Ben'), 'joined').endsAt).toBe(validUntil.toISOString());
  });

  test('are told of a new end also where somebody joins before the stream tells of it', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    const validUntil = minutes(90);
    await meetingStore(service.table, 30).change(meeting, { ...meeting, validUntil, revision: 2, sequence: 2 });
    await enter(meeting, 'Ben');

    expect(received(ana, 'ending')).toEqual([{ type: 'ending', at: validUntil.toISOString() }]);
  });

  test('leave it where it was moved, also where who was to end it died halfway', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    const moved = { validSince: minutes(60), validUntil: minutes(120) };
    await roomStore(service.table).keepTimes(meeting.id, moved);
    await change(meeting, moved);

    expect(received(ana, 'ended')).toMatchObject([{ reason: 'moved' }]);
  });

  test('are put before the door where its link is replaced: who sits, who waits, and whose socket stands', async () => {
    const meeting = await newMeeting({ lobby: true });
    const host = await enter(meeting, 'Host', { host: await hostTokenOf(meeting) });
    const admitted = await enter(meeting, 'Ana');
    await sockets.send(host, { action: 'admit', id: last(host, 'knocking').id });
    const [waiting, standing] = [await enter(meeting, 'Ben'), await open(meeting)];
    await change(meeting, { key: 'b'.repeat(16) });

    for (const socket of [host, admitted, waiting]) {
      expect(received(socket, 'ended')).toEqual([{ type: 'ended', reason: 'link' }]);
      expect(socket.isOpen).toBe(false);
    }
    await sockets.send(standing, joinOf('Eve'));
    const message = 'The link of this meeting has been replaced by a new one.';
    expect(standing.received).toEqual([{ type: 'refused', reason: 'link', message }]);
    expect(standing.isOpen).toBe(false);
    expect(await sockets.open({ room: meeting.id, key: meeting.key })).toBeUndefined();
  });

  test('stay where they came by its new link, and see who was put out', async () => {
    const meeting = await newMeeting();
    const old = await enter(meeting, 'Old');
    const renewed = { ...meeting, key: 'b'.repeat(16) };
    await meetingStore(service.table, 30).change(meeting, { ...renewed, revision: 2, sequence: 2 });
    const ana = await enter(renewed, 'Ana');
    await change({ ...renewed, revision: 2, sequence: 2 }, { name: 'Another' });

    expect(received(old, 'ended')).toEqual([{ type: 'ended', reason: 'link' }]);
    expect(received(ana, 'left')).toEqual([{ type: 'left', id: idOf(old) }]);
    expect([...received(ana, 'ended'), ...received(ana, 'error')]).toEqual([]);
    expect(received(await enter(renewed, 'Ben'), 'joined')).toHaveLength(1);
  });

  test('are put before the door where they came in just as its link was replaced', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    const store = roomStore(service.table);
    const [seat] = (await store.read(meeting.id)).seats;
    forget(ana);
    const renewed = { ...meeting, key: 'b'.repeat(16), revision: 2, sequence: 2 };
    await meetingStore(service.table, 30).change(meeting, renewed);
    await store.keepLink(meeting.id, linkFingerprint(renewed), 2);
    if (seat) await sendWelcome(servicesOver(store), meeting.id, seat, 'token', new Date());

    expect(ana.received).toEqual([{ type: 'ended', reason: 'link' }]);
    expect(ana.isOpen).toBe(false);
  });

  test('are told nothing of a new name', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    forget(ana);
    await change(meeting, { name: 'Another' });

    expect(ana.received).toEqual([]);
  });

  test('are told by the stream', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, 'Ana');
    await meetingStore(service.table, 30).change(meeting, {
      ...meeting,
      status: 'cancelled',
      revision: 2,
      sequence: 2,
    });
    const { handler: onMeetingChanged } = await import('../../functions/handlers/stream/onMeetingChanged.handler.ts');
    const reminders = ['SCHEDULE_GROUP', 'SCHEDULE_ROLE_ARN', 'REMINDER_FUNCTION_ARN', 'REMINDER_FAILURE_QUEUE_ARN'];
    for (const name of reminders) process.env[name] = 'reminders';
    process.env.DELIVERY_QUEUE_URLS = '{}';
    process.env.PLANNING_QUEUE_URL = 'plans';
    process.env.WEBHOOK_QUEUE_URL = 'webhooks';
    const Keys = { pk: { S: `MEETING#${meeting.id}` }, sk: { S: 'MEETING' } };
    await onMeetingChanged({ Records: [{ eventName: 'MODIFY', dynamodb: { Keys, SequenceNumber: '1' } }] } as never);

    expect(received(ana, 'ended')).toEqual([{ type: 'ended', reason: 'cancelled' }]);
  });
});

describe('the log', () => {
  test('holds the whole error of a session that could not be registered', async () => {
    const socket = await open(newRoom());
    const documents = vi.spyOn(service.table.documents.constructor.prototype, 'send');
    documents.mockRejectedValue(new Error('The table is on fire'));
    expect(await sockets.send(socket, joinOf('Ana'))).toBe(500);
    documents.mockRestore();

    expect(logLines.of('Error while processing onSessionRegistered')).toMatchObject([
      {
        level: 'error',
        connectionId: socket.connectionId,
        error: { name: 'Error', message: 'The table is on fire', stack: expect.stringContaining('at ') },
      },
    ]);
    expect(last(socket, 'error').code).toBe('internal-error');
  });

  test('holds the whole error of a session that could not be ended', async () => {
    const socket = await enter(newRoom(), 'Ana');
    const documents = vi.spyOn(service.table.documents.constructor.prototype, 'send');
    documents.mockRejectedValue(new Error('The table is on fire'));
    expect(await sockets.close(socket)).toBe(500);
    documents.mockRestore();

    expect(logLines.of('Error while processing onSessionDown')).toMatchObject([
      {
        level: 'error',
        connectionId: socket.connectionId,
        error: { name: 'Error', message: 'The table is on fire', stack: expect.stringContaining('at ') },
      },
    ]);
  });
});
