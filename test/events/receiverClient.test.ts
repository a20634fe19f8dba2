import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { receiverClient } from '../../functions/events/receiverClient.ts';
import { type Answering, answering, type Receiver, startReceiver } from './receiver.ts';

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer(answering(204));
});

afterAll(() => receiver.stop());

const url = 'https://hooks.example.org/meetings?to=us';
const publicAddress = '8.8.8.8';

/** Answers look-ups with one list of addresses after the other. */
function resolving(...answers: (readonly string[])[]): LookupFunction {
  let times = 0;
  return (_, { all }, done) => {
    const addresses = answers[Math.min(times, answers.length - 1)] ?? [];
    times += 1;
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (all) done(null, found);
    else done(null, found[0]?.address ?? '', found[0]?.family);
  };
}

const post = (at = url, resolve?: LookupFunction) =>
  receiverClient(resolve).post(at, { 'webhook-id': 'e1' }, '{"a":"ñ"}');

describe('a receiver', () => {
  test('is called by POST with the very bytes, and its answer told', async () => {
    receiver.answer(answering(429, { 'retry-after': '17' }));

    expect(await post()).toEqual({ status: 429, retryAfter: '17' });
    expect(receiver.received).toEqual([
      {
        path: '/meetings?to=us',
        body: '{"a":"ñ"}',
        headers: {
          host: 'hooks.example.org',
          'content-type': 'application/json',
          'user-agent': 'Meetings-Webhooks/1',
          'webhook-id': 'e1',
          'content-length': '10',
          connection: 'close',
        },
      },
    ]);
  });

  test('that redirects is not followed', async () => {
    receiver.answer(answering(307, { location: 'https://other.example.org/' }));

    expect(await post()).toEqual({ status: 307, retryAfter: undefined });
    expect(receiver.received).toHaveLength(1);
  });

  test('that sends a gigabyte is left after 64 KB, and counts by its status', async () => {
    let sent = 0;
    receiver.answer((response) => {
      response.writeHead(200, { 'content-length': String(1_000_000_000) });
      const send = () => {
        while (!response.destroyed && sent < 1_000_000_000) {
          sent += 16_384;
          if (!response.write(Buffer.alloc(16_384))) return void response.once('drain', send);
        }
      };
      send();
    });

    expect(await post()).toEqual({ status: 200, retryAfter: undefined });
    expect(sent).toBeLessThan(20_000_000);
  });

  test.each([
    ['that says nothing', () => {}],
    ['that begins to answer, and does not end', (response) => void response.writeHead(200).write('a')],
  ] as [string, Answering][])('%s is given up after ten seconds', async (_, how) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const called = new Promise<void>((done) => {
        receiver.answer((response, received) => {
          how(response, received);
          done();
        });
      });
      const answer = post();
      await called;
      vi.advanceTimersByTime(9_999);
      const first = await Promise.race([answer, new Promise((done) => setImmediate(() => done('waiting')))]);
      expect(first).toBe('waiting');
      vi.advanceTimersByTime(1);
      expect(await answer).toEqual({ silence: 'timeout' });
    } finally {
      vi.useRealTimers();
    }
  });

  test('that ends the connection has not answered', async () => {
    receiver.answer((response) => response.destroy());
    expect(await post()).toEqual({ silence: 'connection' });

    receiver.answer((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
    });
    expect(await post()).toEqual({ silence: 'connection' });
  });

  test('with a certificate of another name is not told', async () => {
    const other = await startReceiver(['elsewhere.example.org']);
    expect(await post('https://elsewhere.example.org/')).toEqual({ silence: 'certificate' });
    expect(other.received).toEqual([]);
    await other.stop();
  });

  test('of a name that leads nowhere is not told', async () => {
    const nowhere: LookupFunction = (_, __, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '');
    expect(await post('https://nowhere.example.org/', nowhere)).toEqual({ silence: 'name-not-found' });
  });
});

describe('what a name leads to', () => {
  test('is looked at with each connection: one that turns private is not connected to', async () => {
    const client = receiverClient(resolving([publicAddress], ['127.0.0.1']));

    expect(await client.post(url, {}, '')).toEqual({ status: 204, retryAfter: undefined });
    expect(await client.post(url, {}, '')).toEqual({ silence: 'address-not-public' });
    expect(receiver.received).toHaveLength(1);
  });

  test.each([
    [['10.0.0.1']],
    [['169.254.169.254']],
    [[publicAddress, '192.168.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['64:ff9b::7f00:1']],
    [['fd00:ec2::254']],
    [[]],
  ])('may not be %j', async (addresses) => {
    expect(await post(url, resolving(addresses))).toEqual({ silence: 'address-not-public' });
    expect(receiver.received).toEqual([]);
  });

  test.each([[[publicAddress]], [['2606:4700::1', publicAddress]], [['64:ff9b::808:808']]])(
    'may be %j',
    async (addresses) => {
      expect(await post(url, resolving(addresses))).toEqual({ status: 204, retryAfter: undefined });
    },
  );

  test.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://2130706433/',
    'https://0x7f.1/',
  ])('is the address itself in %s, which nothing looks up', async (literal) => {
    expect(await post(literal)).toEqual({ silence: 'address-not-public' });
  });
});
