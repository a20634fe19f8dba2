import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { meetingStore } from '../../functions/meetings/meetingStore.ts';
import { hashPassword } from '../../functions/meetings/password/passwordHash.ts';
import { hostTokenStore } from '../../functions/rooms/hostTokenStore.ts';
import type { JoinRefusal, ServerMessage } from '../../functions/rooms/signalling/protocol.ts';
import { inParallel } from '../../functions/runtime/inParallel.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { meetingOf } from '../meetings/meetings.ts';
import { startService, type TestService } from '../service.ts';
import { startSockets, type TestSocket, type TestSockets } from './sockets.ts';

let service: TestService;
let sockets: TestSockets;
let logLines: LogLines;
let passwordHash: string;
let made = 0;

const password = '730164829';

beforeAll(async () => {
  service = await startService();
  sockets = await startSockets();
  passwordHash = await hashPassword(password, 'salt');
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
const meetings = () => meetingStore(service.table, 30);

async function newMeeting(changes: Partial<Meeting> = {}): Promise<Meeting> {
  made += 1;
  const id = String(made).padStart(26, 'p');
  const meeting = meetingOf({ id, validSince: minutes(-5), validUntil: minutes(55), passwordHash, ...changes });
  await meetings().create(meeting, undefined);
  return meeting;
}

interface Visitor {
  readonly address?: string;
  readonly fields?: object;
}

async function enter({ id, key }: Meeting, { address, fields }: Visitor = {}): Promise<TestSocket> {
  const socket = await sockets.open({ room: id, key }, address === undefined ? {} : { address });
  if (!socket) throw new Error('The socket was refused');
  await sockets.send(socket, { action: 'join', name: 'Ana', camera: true, microphone: true, ...fields });
  return socket;
}

const typesOf = ({ received }: TestSocket) => received.map(({ type }) => type);

function joinedOf({ received }: TestSocket) {
  const found = received.find((one): one is Extract<ServerMessage, { type: 'joined' }> => one.type === 'joined');
  if (!found) throw new Error(`Not joined, but ${JSON.stringify(received)}`);
  return found;
}

const refusal = (reason: JoinRefusal, message: string) => [{ type: 'refused', reason, message }];
const needed = refusal('password-needed', 'The meeting has a password.');
const wrong = refusal('password', 'The password is wrong.');
const limited = refusal('password-limit', 'Too many passwords have been tried; try again in ten minutes.');

describe('a meeting with a password', () => {
  test('lets in who knows it, and nobody else', async () => {
    const meeting = await newMeeting();

    expect((await enter(meeting)).received).toEqual(needed);
    expect((await enter(meeting, { fields: { password: '730164820' } })).received).toEqual(wrong);
    expect(typesOf(await enter(meeting, { fields: { password } }))).toEqual(['joined']);
    expect(logLines.all().map(({ message, reason }) => [message, reason])).toEqual([
      ['Socket opened', undefined],
      ['Session refused', 'password-needed'],
      ['Socket opened', undefined],
      ['Session refused', 'password'],
      ['Socket opened', undefined],
      ['Session registered', undefined],
    ]);
    expect(JSON.stringify(logLines.all())).not.toMatch(/7301648|scrypt/);
  });

  test('takes the right one after a wrong one, on the same connection', async () => {
    const socket = await enter(await newMeeting(), { fields: { password: 'wrong' } });
    await sockets.send(socket, { action: 'join', name: 'Ana', camera: true, microphone: true, password });

    expect(typesOf(socket)).toEqual(['refused', 'joined']);
  });

  test('takes the longest one with its letters in pieces, as some keyboards compose them, and blanks copied along', async () => {
    const longest = 'é'.repeat(64);
    const meeting = await newMeeting({ passwordHash: await hashPassword(longest, 'salt') });
    const typed = ` ${longest.normalize('NFD')} `;

    expect(typed).toHaveLength(130);
    expect(typesOf(await enter(meeting, { fields: { password: typed } }))).toEqual(['joined']);
    expect((await enter(meeting, { fields: { password: 'x'.repeat(256) } })).received).toEqual(wrong);
    expect((await enter(meeting, { fields: { password: 'x'.repeat(257) } })).received).toMatchObject([
      { type: 'error', code: 'invalid-message', message: 'password is not as this action has it.' },
    ]);
  });

  test('asks no host', async () => {
    const meeting = await newMeeting();
    await hostTokenStore(service.table).keep(meeting.id, 'token', { userId: 'alice' }, minutes(5));
    const host = await enter(meeting, { fields: { host: 'token' } });

    expect(joinedOf(host).you.host).toBe(true);
  });

  test('asks whoever comes with a host’s token that is none', async () => {
    const socket = await enter(await newMeeting(), { fields: { host: 'none' } });

    expect(socket.received).toMatchObject([{ type: 'refused', reason: 'host-token' }]);
  });

  test('keeps who is inside when it changes, and lets them return to their seat, for a while', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, { fields: { password } });
    const { seat } = joinedOf(ana);
    const changed = { ...meeting, passwordHash: await hashPassword('another one', 'salt'), revision: 2 };
    expect(await meetings().change(meeting, changed)).toBe(true);
    await sockets.close(ana, 1006);
    const again = await enter(meeting, { fields: { seat: seat.token } });

    expect(joinedOf(again).seat.id).toBe(seat.id);
    expect((await enter(meeting, { fields: { password } })).received).toEqual(wrong);
    await sockets.close(again, 1006);
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(21) });
    expect((await enter(meeting, { fields: { seat: seat.token } })).received).toEqual(needed);
  });

  test('asks whoever has left for good', async () => {
    const meeting = await newMeeting();
    const ana = await enter(meeting, { fields: { password } });
    const { seat } = joinedOf(ana);
    await sockets.send(ana, { action: 'leave' });

    expect((await enter(meeting, { fields: { seat: seat.token } })).received).toEqual(needed);
  });

  test('has nobody wait in its lobby who does not know it', async () => {
    const meeting = await newMeeting({ lobby: true });
    await hostTokenStore(service.table).keep(meeting.id, `host-${meeting.id}`, { userId: 'alice' }, minutes(5));
    const host = await enter(meeting, { fields: { host: `host-${meeting.id}` } });
    const stranger = await enter(meeting, { fields: { password: 'wrong' } });
    expect(stranger.received).toEqual(wrong);
    expect(typesOf(host)).not.toContain('knocking');
    const guest = await enter(meeting, { fields: { password } });

    expect(typesOf(guest)).toEqual(['waiting']);
    expect(typesOf(host)).toContain('knocking');
  });

  test('tells a link of old nothing of a password', async () => {
    const meeting = await newMeeting();
    const socket = await sockets.open({ room: meeting.id, key: meeting.key });
    expect(await meetings().change(meeting, { ...meeting, key: 'another000000000', revision: 2 })).toBe(true);
    if (!socket) throw new Error('The socket was refused');
    await sockets.send(socket, { action: 'join', name: 'Ana', camera: true, microphone: true, password });

    expect(socket.received).toMatchObject([{ type: 'refused', reason: 'link' }]);
  });

  test('gives nothing else to a socket that has not joined', async () => {
    const socket = await enter(await newMeeting());
    for (const message of [{ action: 'ping' }, { action: 'ice' }, { action: 'chat', text: 'Hello' }])
      await sockets.send(socket, message);

    const [, ...answers] = socket.received;
    expect(answers).toHaveLength(3);
    for (const answer of answers) expect(answer).toMatchObject({ type: 'error', code: 'no-seat' });
  });
});

describe('guessing a password', () => {
  const guess = (meeting: Meeting, address: string, given = 'wrong') =>
    enter(meeting, { address, fields: { password: given } });
  const reasonsOf = (all: readonly TestSocket[]) =>
    all.map(({ received: [message] }) => (message?.type === 'refused' ? message.reason : message?.type)).sort();
  const cheap = '$scrypt$ln=1,r=1,p=1$salt$AAAA';

  test.each([
    ['IPv4 address', () => '203.0.113.30'],
    ['IPv6 network of 64 bits', (index: number) => `2001:db8:7:9::${index + 1}`],
  ])('from one %s ends after twenty, though all come at once; from elsewhere it opens', async (_, addressOf) => {
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(0) });
    const meeting = await newMeeting();
    const indexes = Array.from({ length: 25 }, (_one, index) => index);
    const all = await inParallel(indexes, 10, (index) => guess(meeting, addressOf(index)));
    const right = await guess(meeting, addressOf(1), password);

    expect(reasonsOf(all)).toEqual([...Array(20).fill('password'), ...Array(5).fill('password-limit')]);
    expect(right.received).toEqual(limited);
    expect(typesOf(await guess(meeting, '203.0.113.31', password))).toEqual(['joined']);
    vi.setSystemTime(minutes(10));
    expect(typesOf(await guess(meeting, addressOf(1), password))).toEqual(['joined']);
  });

  test('from many networks ends after a hundred in all; hosts come in all the same', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(0) });
    const meeting = await newMeeting({ passwordHash: cheap });
    await hostTokenStore(service.table).keep(meeting.id, `host-${meeting.id}`, { userId: 'alice' }, minutes(5));
    const indexes = Array.from({ length: 110 }, (_one, index) => index);
    const all = await inParallel(indexes, 10, (index) => guess(meeting, `203.0.${index}.1`));
    const elsewhere = await newMeeting({ passwordHash: cheap });

    expect(reasonsOf(all)).toEqual([...Array(100).fill('password'), ...Array(10).fill('password-limit')]);
    expect(typesOf(await enter(meeting, { fields: { host: `host-${meeting.id}` } }))).toContain('joined');
    expect((await guess(elsewhere, '203.0.1.1')).received).toEqual(wrong);
  });

  test('is not what a page does that tries again and again until a full room has a place', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(0) });
    const meeting = await newMeeting();
    const inside = [];
    for (let count = 1; count <= 8; count += 1) inside.push(await guess(meeting, `203.0.113.${50 + count}`, password));
    const [first] = inside;
    if (!first) throw new Error('Nobody is inside');
    const full = [];
    for (let count = 1; count <= 25; count += 1) full.push(await guess(meeting, '203.0.113.60', password));
    await sockets.send(first, { action: 'leave' });

    expect(inside.map(typesOf)).toEqual(inside.map(() => expect.arrayContaining(['joined'])));
    expect(reasonsOf(full)).toEqual(Array(25).fill('full'));
    expect(typesOf(await guess(meeting, '203.0.113.60', password))).toContain('joined');
  });

  test('is counted before anything is hashed', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: minutes(0) });
    const meeting = await newMeeting({ passwordHash: 'of another release' });
    const unread = await inParallel(Array(20).fill('203.0.113.40'), 10, (address) => guess(meeting, address));
    const refused = await guess(meeting, '203.0.113.40');

    for (const { received } of unread) expect(received).toMatchObject([{ type: 'error', code: 'internal-error' }]);
    expect(refused.received).toEqual(limited);
  });
});
