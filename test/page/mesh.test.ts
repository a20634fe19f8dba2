import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Mesh } from '../../functions/pages/room/call/mesh.ts';
import type { LineState } from '../../functions/pages/room/state/state.ts';
import type { SignalData } from '../../functions/rooms/signalling/protocol.ts';
import { FakeConnection, useFakeConnections } from './fakeConnection.ts';

const second = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
  useFakeConnections();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The mesh of somebody who has joined a room in which Ana is, and gives way to them: by the lower id. */
async function joined({ own = '1', people = ['ana'] } = {}) {
  const sent: SignalData[] = [];
  const lines: LineState[] = [];
  const mesh = new Mesh({
    send: (_, data) => void sent.push(data),
    onLine: (_, line) => void lines.push(line),
    askIceServers: () => false,
  });
  mesh.configure(own, []);
  mesh.meet(people);
  await vi.advanceTimersByTimeAsync(0);
  return { mesh, sent, lines };
}

const answer = { type: 'answer', sdp: 'v=0' } as const;
const offer = { type: 'offer', sdp: 'v=0' } as const;
const candidate = { candidate: 'candidate:1 1 udp 1 192.0.2.1 5000 typ host', sdpMid: '0' };

function newest(): FakeConnection {
  const connection = FakeConnection.made.at(-1);
  if (!connection) throw new Error('No connection has been made');
  return connection;
}

function callOf(sent: readonly SignalData[]): string {
  const offered = sent.findLast((data) => 'description' in data);
  if (!offered) throw new Error('Nothing has been offered');
  return offered.call;
}

/** How many connections there are, each so many milliseconds from now on. */
async function madeAfter(...milliseconds: number[]): Promise<number[]> {
  const counts: number[] = [];
  let passed = 0;
  for (const until of milliseconds) {
    await vi.advanceTimersByTimeAsync(until - passed);
    passed = until;
    counts.push(FakeConnection.made.length);
  }
  return counts;
}

describe('a call that is not answered', () => {
  test('is given up after 12 seconds, and begun again after a pause of half a second to a second', async () => {
    await joined();
    expect(await madeAfter(12 * second + 499, 13 * second)).toEqual([1, 2]);
  });

  test.each([0, 0.999])('is never begun again at once, with a chance of %s', async (chance) => {
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    await joined();
    const pause = 1_000 * (1 - chance / 2);
    expect(await madeAfter(12 * second + pause - 1, 12 * second + pause + 1)).toEqual([1, 2]);
  });

  test('gets twice the time after each failure, up to a minute', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    await joined();
    // 12 + 1, 24 + 2, 48 + 4, then 60 + 8 seconds.
    expect(await madeAfter(13 * second, 38_999, 39_000, 90_999, 91_000, 158_999, 159_000)).toEqual([
      2, 2, 3, 3, 4, 4, 5,
    ]);
  });
});

describe('the time that a call has begins anew', () => {
  test('with the answer to it', async () => {
    const { mesh, sent } = await joined();
    await vi.advanceTimersByTimeAsync(11 * second);
    mesh.receive('ana', { call: callOf(sent), description: answer });
    expect(await madeAfter(11 * second, 13 * second)).toEqual([1, 2]);
  });

  test('with the candidates of the other', async () => {
    const { mesh, sent } = await joined();
    await vi.advanceTimersByTimeAsync(11 * second);
    mesh.receive('ana', { call: callOf(sent), candidates: [candidate] });
    expect(await madeAfter(11 * second, 13 * second)).toEqual([1, 2]);
  });

  test('with the own description, which a busy browser makes late', async () => {
    const describe = FakeConnection.prototype.setLocalDescription;
    vi.spyOn(FakeConnection.prototype, 'setLocalDescription').mockImplementation(async function (this: FakeConnection) {
      await new Promise((resolve) => setTimeout(resolve, 11 * second));
      return describe.call(this);
    });
    await joined();
    expect(await madeAfter(22 * second, 24 * second)).toEqual([1, 2]);
  });

  test('with the first step of the encryption', async () => {
    await joined();
    await vi.advanceTimersByTimeAsync(11 * second);
    newest().become('connecting');
    expect(await madeAfter(11 * second, 13 * second)).toEqual([1, 2]);
  });

  test('with a pair of candidates', async () => {
    await joined();
    await vi.advanceTimersByTimeAsync(11 * second);
    newest().oniceconnectionstatechange();
    expect(await madeAfter(11 * second, 13 * second)).toEqual([1, 2]);
  });

  test('with bytes that have come in', async () => {
    await joined();
    await vi.advanceTimersByTimeAsync(11 * second);
    newest().received.bytesReceived += 100;
    expect(await madeAfter(2 * second, 12 * second, 14 * second)).toEqual([1, 1, 2]);
  });

  test('for two minutes in all, so that what only seems to come about is given up', async () => {
    await joined();
    for (let seconds = 0; seconds < 115; seconds += 5) {
      newest().received.responsesReceived += 1;
      await vi.advanceTimersByTimeAsync(5 * second);
    }
    expect(FakeConnection.made).toHaveLength(1);
    expect(await madeAfter(15 * second)).toEqual([2]);
  });
});

describe('a call that is being made', () => {
  test('is not thrown away where the page joins again, or is looked at: its offer is sent once more', async () => {
    const { mesh, sent } = await joined();
    for (let times = 0; times < 5; times += 1) {
      mesh.meet(['ana']);
      mesh.restart();
    }
    mesh.arrived('ana');
    expect(FakeConnection.made).toHaveLength(1);
    expect(sent.filter((data) => 'description' in data)).toEqual(
      Array.from({ length: 12 }, () => ({
        call: callOf(sent),
        description: { type: 'offer', sdp: 'v=0' },
        fresh: true,
      })),
    );
  });

  test('is left alone once it has been answered', async () => {
    const { mesh, sent } = await joined();
    mesh.receive('ana', { call: callOf(sent), description: answer });
    await vi.advanceTimersByTimeAsync(0);
    newest().become('connecting');
    for (let times = 0; times < 5; times += 1) {
      mesh.meet(['ana']);
      mesh.restart();
    }
    expect([FakeConnection.made.length, newest().restarts, sent.length]).toEqual([1, 0, 1]);
  });

  test('that connects while another is about to be made stays', async () => {
    await joined();
    await vi.advanceTimersByTimeAsync(12 * second + 100);
    newest().become('connected');
    expect(await madeAfter(60 * second)).toEqual([1]);
  });
});

describe('a connection that breaks', () => {
  async function connected() {
    const one = await joined();
    one.mesh.receive('ana', { call: callOf(one.sent), description: answer });
    await vi.advanceTimersByTimeAsync(0);
    newest().received.responsesReceived = 50;
    newest().become('connected');
    return one;
  }

  test('looks for another way half a second after it has failed, twice at most', async () => {
    const { sent, mesh } = await connected();
    newest().become('failed');
    const restarts: number[] = [];
    for (const milliseconds of [499, 1, 10_000]) {
      await vi.advanceTimersByTimeAsync(milliseconds);
      restarts.push(newest().restarts);
      mesh.receive('ana', { call: callOf(sent), description: answer });
    }
    await vi.advanceTimersByTimeAsync(0);
    expect([restarts, FakeConnection.made.length]).toEqual([[0, 1, 2], 1]);
    expect(await madeAfter(10 * second + 499, 11 * second)).toEqual([1, 2]);
  });

  test('looks for another way once, however often the page is looked at meanwhile', async () => {
    const { mesh } = await connected();
    newest().become('disconnected');
    for (let times = 0; times < 5; times += 1) mesh.restart();
    await vi.advanceTimersByTimeAsync(second);
    for (let times = 0; times < 5; times += 1) mesh.restart();
    expect([newest().restarts, await madeAfter(9 * second)]).toEqual([1, [1]]);
  });

  test('counts as failed before where it had not stood for half a minute', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { mesh, sent } = await connected();
    const pauses: number[] = [];
    for (const stood of [second, second, 30 * second]) {
      await vi.advanceTimersByTimeAsync(stood);
      const [before, begun] = [FakeConnection.made.length, Date.now()];
      mesh.receive('ana', { call: callOf(sent), lost: true });
      while (FakeConnection.made.length === before) await vi.advanceTimersByTimeAsync(100);
      pauses.push(Date.now() - begun);
      await vi.advanceTimersByTimeAsync(0);
      newest().become('connected');
    }
    expect(pauses).toEqual([1_000, 2_000, 1_000]);
  });

  test('is not kept by bytes that come in over a way that leads here alone', async () => {
    await connected();
    newest().become('disconnected');
    for (let seconds = 0; seconds < 40; seconds += 1) {
      newest().received.bytesReceived += 1_000;
      await vi.advanceTimersByTimeAsync(second);
    }
    expect(FakeConnection.made).toHaveLength(2);
  });
});

describe('somebody who arrives', () => {
  test('is called where nothing is heard of them for six seconds', async () => {
    const { mesh } = await joined({ people: [] });
    mesh.arrived('bea');
    expect(await madeAfter(5_999, 6_000)).toEqual([0, 1]);
  });

  test('has six seconds more after their candidates, which came before their offer', async () => {
    const { mesh } = await joined({ people: [] });
    mesh.arrived('bea');
    await vi.advanceTimersByTimeAsync(5 * second);
    mesh.receive('bea', { call: 'theirs', candidates: [candidate] });
    expect(await madeAfter(5_999)).toEqual([0]);
    mesh.receive('bea', { call: 'theirs', description: offer, fresh: true });
    expect(await madeAfter(10 * second)).toEqual([1]);
  });

  test('is not called after they have left, whatever comes late', async () => {
    const { mesh } = await joined({ people: [] });
    mesh.arrived('bea');
    mesh.drop('bea');
    mesh.receive('bea', { call: 'theirs', candidates: [candidate] });
    expect(await madeAfter(11 * second)).toEqual([0]);
  });
});

test('the calls that the other gives up count as failures of this side, whose patience grows with theirs', async () => {
  const { mesh, sent } = await joined({ own: 'z' });
  mesh.receive('ana', { call: callOf(sent), description: answer });
  await vi.advanceTimersByTimeAsync(0);
  for (const call of ['one', 'two']) {
    mesh.receive('ana', { call, description: offer, fresh: true });
    await vi.advanceTimersByTimeAsync(0);
  }
  // 20 seconds of whoever answers, twice doubled.
  expect(await madeAfter(59 * second, 70 * second)).toEqual([3, 4]);
});
