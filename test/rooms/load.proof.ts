import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicRoomId } from '../../functions/rooms/publicRoom.ts';
import type { ServerMessage } from '../../functions/rooms/signalling/protocol.ts';
import { databaseClient } from '../../infra/local/databaseTable.ts';
import { beginJourney, type Journey } from '../journeys/journey.ts';
import { type Parting, patienceMs, Visitor } from './visitor.ts';

/** People in each of ten rooms: 200 in 40. */
const sizes = [2, 4, 6, 8] as const;
const roomsOfEachSize = 10;
const patience = { timeout: patienceMs, interval: 100 };
const partings: readonly Parting[] = ['leave', 'close', 'break'];

interface Room {
  readonly id: string;
  readonly size: number;
  readonly visitors: readonly Visitor[];
}

let service: Journey;

beforeAll(async () => {
  service = await beginJourney();
});

afterAll(() => service.end());

const pairs = (people: number) => people * (people - 1);
const roomId = (size: number, number: number) => publicRoomId(`load-${size}-${number}`);
const numbers = Array.from({ length: roomsOfEachSize }, (_, number) => number);

function enter(room: string, name: string, host: number): Promise<Visitor> {
  return Visitor.enter(service.socketUrl ?? '', room, name, `127.0.0.${host}`);
}

/** How many messages the functions post while something is done, until all of it has been. */
async function postsOf(work: () => Promise<unknown>): Promise<number> {
  const count = () => service.calls.count({ action: 'PostToConnection' });
  const before = count();
  await work();
  await service.waitUntilIdle(patienceMs);
  return count() - before;
}

/** Rows of rooms whose seats are held, of people who wait, and of connections. */
async function heldRows(): Promise<unknown[]> {
  const client = databaseClient(service.databaseEndpoint);
  const [table] = service.stack.ofType('AWS::DynamoDB::Table');
  const query = {
    TableName: table?.name,
    ConsistentRead: true,
    FilterExpression:
      'begins_with(pk, :connection) OR begins_with(sk, :knock) OR (begins_with(sk, :seat) AND attribute_not_exists(released))',
    ExpressionAttributeValues: { ':connection': 'CONNECTION#', ':knock': 'KNOCK#', ':seat': 'SEAT#' },
  };
  const rows: unknown[] = [];
  for await (const page of paginateScan({ client: DynamoDBDocumentClient.from(client) }, query)) {
    rows.push(...(page.Items ?? []));
  }
  client.destroy();
  return rows;
}

/** Ids of the people, seats and senders that a message names. */
function namedBy(message: ServerMessage): string[] {
  if (message.type === 'joined') return [message.you.id, ...message.people.map(({ id }) => id)];
  if (message.type === 'arrived') return [message.person.id];
  if (message.type === 'signal' || message.type === 'chat') return [message.from];
  return message.type === 'left' ? [message.id] : [];
}

function expectNoStrangers({ id, visitors }: Room): void {
  const own = new Set(visitors.map((visitor) => visitor.id));
  for (const { received } of visitors) {
    expect(received.flatMap(namedBy).filter((name) => !own.has(name))).toEqual([]);
    const texts = received.flatMap((message) => (message.type === 'chat' ? [message.text] : []));
    expect(texts.filter((text) => text !== id)).toEqual([]);
  }
}

async function signalAll({ visitors }: Room): Promise<void> {
  for (const visitor of visitors) {
    for (const other of visitors.filter((one) => one !== visitor)) {
      const candidates = [{ candidate: `candidate for ${other.id}` }];
      visitor.say({ action: 'signal', to: other.id, data: { call: visitor.id, candidates } });
    }
  }
  await Promise.all(visitors.map((visitor) => visitor.heard('signal', visitors.length - 1)));
}

/** One after the other, in one of the three ways; those who stay hear of each. */
async function partAll({ visitors }: Room): Promise<void> {
  for (const [gone, visitor] of visitors.entries()) {
    await visitor.part(partings[gone % partings.length] ?? 'leave');
    await Promise.all(visitors.slice(gone + 1).map((stays) => stays.heard('left', gone + 1)));
  }
}

test('200 people in 40 rooms come, signal and go; the messages of a room of n are 2n² − n', async () => {
  const rooms = new Map<number, Room[]>();
  for (const size of sizes) {
    const joining = postsOf(async () => {
      const filled = await Promise.all(
        numbers.map(async (number) => {
          const visitors: Visitor[] = [];
          for (let seat = 0; seat < size; seat += 1) {
            visitors.push(await enter(roomId(size, number), `Visitor ${seat}`, 2));
            await Promise.all(visitors.map((visitor, own) => visitor.heard('arrived', seat - own)));
          }
          return { id: roomId(size, number), size, visitors };
        }),
      );
      rooms.set(size, filled);
    });
    // Everyone gets their roster; whoever was there hears of one newcomer at a time.
    expect(await joining, `posts of joining, rooms of ${size}`).toBe(roomsOfEachSize * (size + pairs(size) / 2));
  }
  const all = [...rooms.values()].flat();
  const everyone = all.flatMap(({ visitors }) => visitors);
  expect([all.length, everyone.length]).toEqual([40, 200]);
  for (const { visitors } of all) {
    const ids = visitors.map(({ id }) => id).sort();
    for (const visitor of visitors) {
      const told = visitor.told.map(({ id }) => id).sort();
      expect(told, 'each was told of each other once').toEqual(ids.filter((id) => id !== visitor.id));
    }
  }

  for (const [size, filled] of rooms) {
    const signals = await postsOf(() => Promise.all(filled.map(signalAll)));
    expect(signals, `posts of signals, rooms of ${size}`).toBe(roomsOfEachSize * pairs(size));
  }
  for (const visitor of everyone) {
    const signals = visitor.all('signal');
    expect(new Set(signals.map(({ from }) => from)).size).toBe(signals.length);
    const texts = signals.map(({ data }) => ('candidates' in data ? data.candidates[0]?.candidate : undefined));
    expect(new Set(texts)).toEqual(new Set([`candidate for ${visitor.id}`]));
  }

  const strayed = await postsOf(async () => {
    for (const [index, { id, visitors }] of all.entries()) {
      const stranger = all[(index + 1) % all.length]?.visitors[0]?.id ?? '';
      visitors[0]?.say({ action: 'signal', to: stranger, data: { call: 'stray', lost: true } });
      visitors[0]?.say({ action: 'chat', text: id });
    }
    await Promise.all(all.map(({ visitors }) => visitors[0]?.heard('error')));
    await Promise.all(everyone.map((visitor) => visitor.heard('chat')));
  });
  expect(strayed, 'one answer to each who means a stranger, one line to each').toBe(40 + 200);
  for (const { visitors } of all) {
    expect(visitors[0]?.all('error').map(({ code }) => code)).toEqual(['no-such-person']);
  }

  for (const [size, filled] of rooms) {
    const leaving = await postsOf(() => Promise.all(filled.map(partAll)));
    expect(leaving, `posts of leaving, rooms of ${size}`).toBe((roomsOfEachSize * pairs(size)) / 2);
  }
  all.forEach(expectNoStrangers);
  await expect.poll(heldRows, patience).toEqual([]);
});

test('200 people who come to 40 rooms at the same moment find each other, and leave nothing behind', async () => {
  const comers = sizes.flatMap((size) => numbers.map((number) => ({ size, id: roomId(size, number) })));
  let rooms: Room[] = [];
  const posts = await postsOf(async () => {
    rooms = await Promise.all(
      comers.map(async ({ id, size }) => {
        const names = Array.from({ length: size }, (_, seat) => `Visitor ${seat}`);
        return { id, size, visitors: await Promise.all(names.map((name) => enter(id, name, 3))) };
      }),
    );
  });
  for (const { visitors } of rooms) {
    const ids = visitors.map(({ id }) => id).sort();
    expect(new Set(ids).size).toBe(ids.length);
    for (const visitor of visitors) {
      await expect.poll(() => visitor.others, patience).toEqual(ids.filter((id) => id !== visitor.id));
    }
  }
  // At worst two who come together hear of each other both from the other's coming and in making up for a roster.
  const most = rooms.reduce((sum, { size }) => sum + size + 2 * pairs(size), 0);
  expect(posts).toBeLessThanOrEqual(most);

  const everyone = rooms.flatMap(({ visitors }) => visitors);
  await Promise.all(everyone.map((visitor, index) => visitor.part(partings[index % partings.length] ?? 'leave')));
  await expect.poll(heldRows, patience).toEqual([]);
  rooms.forEach(expectNoStrangers);

  await service.waitUntilIdle(patienceMs);
  const late = await Promise.all(comers.map(({ id }) => enter(id, 'Late', 4)));
  for (const visitor of late) expect(visitor.others).toEqual([]);
  await Promise.all(late.map((visitor) => visitor.part('close')));
  await expect.poll(heldRows, patience).toEqual([]);
  expect(service.denied()).toEqual([]);
});
