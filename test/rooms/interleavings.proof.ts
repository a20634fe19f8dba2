import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { publicRoomId } from '../../functions/rooms/publicRoom.ts';
import { roomStore } from '../../functions/rooms/seats/roomStore.ts';
import { heldSeats, leaseMilliseconds, personOf, type Seat } from '../../functions/rooms/seats/seat.ts';
import type { ServerMessage } from '../../functions/rooms/signalling/protocol.ts';
import { documents } from '../../functions/runtime/clients.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { startService, type TestService } from '../service.ts';
import { startSockets, type TestSocket, type TestSockets } from './sockets.ts';

const capacity = 3;
const roomCount = 2;

/** Something that happens; `who` counts round those who are there, and what asks for nobody takes nobody. */
type Happening =
  | { readonly kind: 'come'; readonly room: number }
  | {
      readonly kind: 'leave' | 'close' | 'break' | 'crash' | 'reload' | 'renew' | 'ping' | 'chat' | 'change';
      readonly who: number;
    }
  | { readonly kind: 'signal' | 'missing'; readonly who: number; readonly to: number };

interface Person {
  readonly room: number;
  readonly socket: TestSocket;
  /** So long passed since they came that somebody else may have their seat. */
  mayHaveLapsed: boolean;
}

type Shown = ReturnType<typeof personOf>;

let service: TestService;
let sockets: TestSockets;
let logLines: LogLines;
/** How long the functions' requests to the table take, in turn: the first half of each on the way there. */
let queryDelays: readonly number[] = [0];

beforeAll(async () => {
  service = await startService({ roomCapacity: capacity });
  sockets = await startSockets();
  let requests = 0;
  documents().middlewareStack.add(
    (next) => async (request) => {
      requests += 1;
      const delay = queryDelays[requests % queryDelays.length] ?? 0;
      if (delay > 0) await sleep(delay / 2);
      const response = await next(request);
      if (delay > 0) await sleep(delay / 2);
      return response;
    },
    { step: 'initialize' },
  );
});

beforeEach(() => {
  logLines = catchLog();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:00Z') });
});

afterEach(() => {
  logLines.stop();
  vi.useRealTimers();
});

afterAll(async () => {
  await sockets.stop();
  await service.stop();
});

const who = fc.nat(30);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('come' as const), room: fc.nat(roomCount - 1) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('leave', 'close', 'break', 'crash', 'reload', 'renew', 'ping', 'chat', 'change'),
      who,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('signal', 'missing'), who, to: who }) },
);

/** What of a batch happens at the same time; then so many seconds pass. */
const batch = fc.record({
  happenings: fc.array(happening, { minLength: 1, maxLength: 6 }),
  seconds: fc.constantFrom(0, 1, 15, 240, 700),
});

/** In milliseconds, so that one request overtakes another. */
const delays = fc.array(fc.nat(20), { minLength: 1, maxLength: 20 });

let runs = 0;

test('whatever happens at the same time, no room holds too many, nothing leaves its room, and all come to know the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(batch, { minLength: 2, maxLength: 8 }),
      delays,
      delays,
      async (batches, ofPosts, ofQueries) => {
        runs += 1;
        sockets.slowPosts(ofPosts);
        queryDelays = ofQueries;
        const rooms = Array.from({ length: roomCount }, (_, room) => publicRoomId(`run-${runs}-${room}`));
        const people: Person[] = [];
        const everyone: Person[] = [];
        for (const { happenings, seconds } of batches) {
          await Promise.all(happenings.map((what) => happen(what, rooms, people, everyone)));
          for (const room of rooms) await expectRoomToHold(room);
          vi.setSystemTime(Date.now() + seconds * 1_000);
          if (seconds * 1_000 >= leaseMilliseconds / 3) for (const person of people) person.mayHaveLapsed = true;
        }
        for (const { room, socket } of everyone) expectOnlyOf(room, socket);
        queryDelays = [0];
        await waitForQuiet(people);
        for (const [index, room] of rooms.entries())
          await expectAgreement(
            room,
            people.filter((one) => one.room === index),
          );
      },
    ),
    { numRuns: randomRuns(100), seed: randomSeed(), endOnFailure: true },
  );
});

async function happen(what: Happening, rooms: string[], people: Person[], everyone: Person[]): Promise<void> {
  if (what.kind === 'come') {
    await come(rooms, what.room, people, everyone);
    return;
  }
  const person = people[what.who % people.length];
  if (!person) return;
  const { socket, room } = person;
  const { token, id } = seatOf(socket);
  const gone = () => people.splice(people.indexOf(person), people.includes(person) ? 1 : 0);
  switch (what.kind) {
    case 'leave':
      gone();
      await sockets.send(socket, { action: 'leave' });
      await sockets.close(socket, 1000);
      return;
    case 'close':
    case 'break':
      gone();
      await sockets.close(socket, what.kind === 'close' ? 1001 : 1006);
      return;
    case 'crash':
      gone();
      sockets.crash(socket);
      return;
    case 'reload':
      gone();
      await Promise.all([sockets.close(socket, 1001), come(rooms, room, people, everyone, token)]);
      return;
    case 'renew':
      gone();
      await come(rooms, room, people, everyone, token);
      await sockets.close(socket, 1000);
      return;
    case 'ping':
      await sockets.send(socket, { action: 'ping' });
      return;
    case 'chat':
      await sockets.send(socket, { action: 'chat', text: `in ${room}` });
      return;
    case 'change':
      await sockets.send(socket, { action: 'change', screen: what.who % 2 === 0 });
      return;
    case 'signal': {
      const other = people[what.to % people.length];
      const to = (other && seatOf(other.socket).id) ?? id ?? 'nobody';
      await sockets.send(socket, { action: 'signal', to, data: { call: `in ${room}`, lost: true } });
      return;
    }
    case 'missing': {
      const other = people[what.to % people.length];
      const missed = other && seatOf(other.socket).id;
      if (!other || missed === undefined) return;
      // Some pages have no time to answer.
      if (what.to % 2 === 0) other.mayHaveLapsed = true;
      await sockets.send(socket, { action: 'missing', id: missed });
      if (what.to % 2 !== 0) await sockets.send(other.socket, { action: 'ping' });
    }
  }
}

async function come(rooms: string[], room: number, people: Person[], everyone: Person[], seat?: string): Promise<void> {
  const socket = await sockets.open({ room: rooms[room] ?? '' });
  if (!socket) throw new Error('The socket was refused');
  const person = { room, socket, mayHaveLapsed: false };
  everyone.push(person);
  await sockets.send(socket, {
    action: 'join',
    name: 'Someone',
    camera: true,
    microphone: true,
    ...(seat && { seat }),
  });
  people.push(person);
}

function seatOf(socket: TestSocket): { token?: string; id?: string } {
  return socket.received.find((message) => message.type === 'joined')?.seat ?? {};
}

async function held(room: string): Promise<Seat[]> {
  return heldSeats(await roomStore(service.table).read(room), new Date());
}

async function expectRoomToHold(room: string): Promise<void> {
  const seats = await held(room);

  expect(seats.length).toBeLessThanOrEqual(capacity);
  expect(seats.every(({ number }) => number >= 0 && number < capacity)).toBe(true);
  for (const key of ['number', 'connectionId', 'id'] as const) {
    expect(new Set(seats.map((seat) => seat[key])).size).toBe(seats.length);
  }
}

function expectOnlyOf(room: number, { received }: TestSocket): void {
  const said = received.flatMap((message) => {
    if (message.type === 'chat') return [message.text];
    return message.type === 'signal' ? [message.data.call] : [];
  });

  expect(said.filter((text) => text !== `in ${room}`)).toEqual([]);
}

/** Those who are there give a sign of life, which finds out who is not. */
async function waitForQuiet(people: readonly Person[]): Promise<void> {
  vi.setSystemTime(Date.now() + 11_000);
  for (let round = 0; round < 2; round += 1) {
    for (const { socket } of people) {
      await sockets.send(socket, { action: 'ping' });
      await sockets.send(socket, { action: 'change', microphone: round === 0 });
    }
  }
}

/** Whoever is there knows exactly those who have a seat, as they are, and all who have one are there. */
async function expectAgreement(room: string, people: readonly Person[]): Promise<void> {
  const seats = await held(room);
  const seated = seats.flatMap(({ connectionId, id }) => {
    const person = people.find(({ socket }) => socket.connectionId === connectionId);
    return person ? [{ id, known: knownTo(person.socket) }] : [];
  });
  // Where nobody is left, nobody finds that somebody went without a word; their seat lapses.
  if (seated.length === 0) return;
  const ids = seats.map(({ id }) => id);
  const asShown = new Map(seats.map((seat) => [seat.id, personOf(seat)]));

  expect(seated.map(({ id }) => id)).toEqual(ids);
  // A token that brings somebody back ends their other connection.
  const here = people.filter(({ socket, mayHaveLapsed }) => !mayHaveLapsed && seatOf(socket).token !== undefined);
  for (const { socket } of here) expect(ids).toContain(seatOf(socket).id);
  for (const { id, known } of seated) expect(known).toEqual(new Map([...asShown].filter(([other]) => other !== id)));
}

/** As a page keeps it. */
function knownTo({ received }: TestSocket): Map<string, Shown> {
  const known = new Map<string, Shown>();
  for (const message of received) follow(known, message);
  return known;
}

function follow(known: Map<string, Shown>, message: ServerMessage): void {
  if (message.type === 'joined') known.clear();
  if (message.type === 'joined') for (const person of message.people) known.set(person.id, person);
  if (message.type === 'arrived') known.set(message.person.id, message.person);
  if (message.type === 'left') known.delete(message.id);
  const changed = message.type === 'changed' && known.get(message.person.id);
  if (message.type === 'changed' && changed) known.set(changed.id, { ...changed, ...message.person });
}
