import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { meetingStore } from '../../../functions/meetings/meetingStore.ts';
import { confirmKnock } from '../../../functions/rooms/seats/knocking.ts';
import { roomStore } from '../../../functions/rooms/seats/roomStore.ts';
import { type Knock, leaseMilliseconds, waitingKnocks } from '../../../functions/rooms/seats/seat.ts';
import { socketClient } from '../../../functions/rooms/signalling/socketClient.ts';
import { sockets as gateway } from '../../../functions/runtime/clients.ts';
import { log } from '../../../functions/runtime/log.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { meetingOf } from '../../meetings/meetings.ts';
import { startService, type TestService } from '../../service.ts';
import { startSockets, type TestSocket, type TestSockets } from '../sockets.ts';

const network = 'the office';
const refusal = {
  type: 'refused',
  reason: 'crowded',
  message: 'Too many who come from where you are wait already; try again in a while.',
};

let service: TestService;
let sockets: TestSockets;
let lines: LogLines;
let meetings = 0;

beforeAll(async () => {
  service = await startService();
  sockets = await startSockets();
  lines = catchLog();
});

afterAll(async () => {
  lines.stop();
  await sockets.stop();
  await service.stop();
});

/** Before a room whose lobby people of one office come to. */
async function lobby() {
  meetings += 1;
  const id = String(meetings).padStart(26, 'k');
  const times = { validSince: new Date(Date.now() - 60_000), validUntil: new Date(Date.now() + 3_600_000) };
  const meeting: Meeting = meetingOf({ id, lobby: true, ...times });
  await meetingStore(service.table, 30).create(meeting, undefined);
  const rooms = roomStore(service.table);
  const now = new Date();
  return {
    id,
    rooms,
    waiting: async () => waitingKnocks(await rooms.read(id), now),
    /** Somebody's knock, which is not yet written: they came so many milliseconds after the first. */
    async comeAt(milliseconds: number): Promise<{ socket: TestSocket; knock: Knock }> {
      const socket = await sockets.open({ room: id, key: meeting.key });
      if (!socket) throw new Error('The socket was refused');
      const { connectionId } = socket;
      const person = { name: 'Ana', camera: false, microphone: false, fingerprints: [network], network };
      const knockedAt = now.getTime() + milliseconds;
      return {
        socket,
        knock: { ...person, id: connectionId, connectionId, knockedAt, heldUntil: now.getTime() + leaseMilliseconds },
      };
    },
    write: (knock: Knock) => rooms.wait(id, knock),
    confirm: async (knock: Knock) =>
      confirmKnock({ rooms, sockets: socketClient(gateway), log }, await rooms.read(id), knock, now),
  };
}

/** Fifteen who wait: one more may. */
async function lobbyWithOnePlace() {
  const all = await lobby();
  for (let index = 1; index <= 15; index += 1) {
    const { knock } = await all.comeAt(index);
    await all.write(knock);
    expect(await all.confirm(knock)).toBe(true);
  }
  return all;
}

test('whose knock is written late gives way to who was told that they wait', async () => {
  const { comeAt, write, confirm, waiting } = await lobbyWithOnePlace();
  const late = await comeAt(100);
  const after = await comeAt(101);
  await write(after.knock);
  expect(await confirm(after.knock)).toBe(true);
  await write(late.knock);

  expect(await confirm(late.knock)).toBe(false);
  expect(late.socket.received).toEqual([refusal]);
  expect(after.socket.received).toEqual([]);
  expect((await waiting()).map(({ id }) => id)).not.toContain(late.knock.id);
  expect(await waiting()).toHaveLength(16);
});

test('whose knock is written late displaces who came after and has been told nothing, and who hears of it once', async () => {
  const { comeAt, write, confirm, waiting } = await lobbyWithOnePlace();
  const late = await comeAt(100);
  const after = await comeAt(101);
  await write(after.knock);
  await write(late.knock);

  expect(await confirm(late.knock)).toBe(true);
  expect(await confirm(after.knock)).toBe(false);
  expect(late.socket.received).toEqual([]);
  expect(after.socket.received).toEqual([refusal]);
  expect(await waiting()).toHaveLength(16);
});

test('who was displaced before they saw it is not told that they wait', async () => {
  const { id, rooms, comeAt, write, confirm } = await lobbyWithOnePlace();
  const late = await comeAt(100);
  const after = await comeAt(101);
  await write(after.knock);
  await write(late.knock);
  await confirm(late.knock);

  expect(await rooms.confirmKnock(id, after.knock)).toBe(false);
});

test('who is one too many does not wait after all by saying that they are there', async () => {
  const { comeAt, write, confirm, waiting } = await lobbyWithOnePlace();
  const last = await comeAt(100);
  const after = await comeAt(101);
  await write(last.knock);
  await write(after.knock);
  await confirm(last.knock);
  await confirm(after.knock);
  after.socket.received.length = 0;
  await sockets.send(after.socket, { action: 'ping' });

  expect(after.socket.received).toMatchObject([{ type: 'error', code: 'no-seat' }]);
  expect((await waiting()).map(({ id }) => id)).not.toContain(after.knock.id);
  expect(await waiting()).toHaveLength(16);
});

test('who waits goes on waiting by saying that they are there', async () => {
  const { comeAt, write, confirm } = await lobby();
  const { socket, knock } = await comeAt(1);
  await write(knock);
  await confirm(knock);
  await sockets.send(socket, { action: 'ping' });

  expect(socket.received).toEqual([{ type: 'pong' }, { type: 'hosts', here: false }]);
});
