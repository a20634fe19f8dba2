import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { drainStore } from '../../../functions/events/drainStore.ts';
import type { Event, EventType } from '../../../functions/events/event.ts';
import { sortKeyOf } from '../../../functions/events/owedEvent.ts';
import { owedEventStore } from '../../../functions/events/owedEventStore.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { answering, type Receiver, startReceiver } from '../../events/receiver.ts';
import { webhookDoor as door, tellAll } from '../../events/webhookRun.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { startService, type TestService } from '../../service.ts';

let aws: TestAws;
let service: TestService;
let receiver: Receiver;
let log: LogLines;
let tell: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
let webhook: { id: string; secret: string };

const start = new Date('2027-03-01T10:00:00.000Z');
const url = 'https://hooks.example.org/';

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  receiver = await startReceiver();
  log = catchLog();
  ({ handler: tell } = await import('../../../functions/handlers/queue/tellWebhook.handler.ts'));
});

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  receiver.received.length = 0;
  receiver.answer(answering(204));
  log.clear();
  for (const message of aws.webhooks.messages()) aws.webhooks.delete(message.receipt ?? '');
  webhook = (await door('create', undefined, { body: { url } })).body;
});

afterEach(async () => {
  vi.useRealTimers();
  await door('remove', webhook.id);
});

afterAll(async () => {
  log.stop();
  await receiver.stop();
  await service.stop();
  await aws.stop();
});

function eventOf(id: string, seconds = 0, type: EventType = 'meeting.changed'): Event {
  const order = new Date(start.getTime() + seconds * 1_000);
  return { id, type, time: order, order, data: { meetingId: 'm1', sequence: 3 } };
}

/** Keeps an event for the webhook, and says so as whoever hands events on does. */
async function owe(event: Event): Promise<void> {
  await owedEventStore(service.table).keep(webhook.id, event);
  say({ from: sortKeyOf(event) });
}

function say({ from, to = webhook.id }: { from?: string; to?: string }): void {
  aws.webhooks.send({ body: JSON.stringify({ webhookId: to, from }), attributes: {}, senderId: 'test' }, 0);
}

const told = () => receiver.received.map(({ headers }) => headers['webhook-id']);
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);
const read = async () => (await door('read', webhook.id)).body;
const kept = async () => (await door('attempts', webhook.id)).body.events;

describe('what waits for a webhook', () => {
  test('is told in its order, signed, and once', async () => {
    await owe(eventOf('b', 2));
    await owe(eventOf('a', 1));
    await owe(eventOf('c', 2));
    expect(await tellAll(tell, aws)).toBe(0);

    expect(told()).toEqual(['a', 'b', 'c']);
    const [first] = receiver.received;
    expect(new Webhook(webhook.secret).verify(first?.body ?? '', first?.headers ?? {})).toEqual({
      id: 'a',
      type: 'meeting.changed',
      timestamp: '2027-03-01T10:00:01.000Z',
      data: { meetingId: 'm1', sequence: 3 },
    });
    say({});
    await tellAll(tell, aws);
    expect(told()).toHaveLength(3);
    expect(aws.webhooks.messages()).toEqual([]);
    expect(await kept()).toEqual(
      ['c', 'b', 'a'].map((id) => ({
        id,
        type: 'meeting.changed',
        timestamp: id === 'a' ? '2027-03-01T10:00:01.000Z' : '2027-03-01T10:00:02.000Z',
        state: 'told',
        attempts: [{ at: start.toISOString(), milliseconds: 0, status: 204 }],
      })),
    );
  });

  test('is told where it comes late, before what was told already', async () => {
    await owe(eventOf('b', 60));
    await tellAll(tell, aws);
    await owe(eventOf('a', 1));
    await tellAll(tell, aws);

    expect(told()).toEqual(['b', 'a']);
  });

  test('and is three days old is not told', async () => {
    await owe(eventOf('old'));
    pass(3 * 86_400);
    await tellAll(tell, aws);

    expect(told()).toEqual([]);
    expect(aws.webhooks.messages()).toEqual([]);
  });

  test('is told by another message where the time is short', async () => {
    await owe(eventOf('a'));
    await tellAll(tell, aws, { remaining: 12_999 });

    expect(told()).toEqual([]);
    expect(aws.webhooks.messages()).toHaveLength(1);
    await tellAll(tell, aws);
    expect(told()).toEqual(['a']);
  });
});

describe('a receiver that fails', () => {
  test('is called again after growing pauses, and nothing overtakes', async () => {
    receiver.answer(answering(500));
    await owe(eventOf('a', 1));
    await owe(eventOf('b', 2));
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      expect(await tellAll(tell, aws)).toBe(1);
      const [waiting, ...others] = aws.webhooks.messages();
      expect(others).toEqual([]);
      const pause = ((waiting?.visibleAt ?? 0) - Date.now()) / 1_000;
      pauses.push(pause);
      pass(pause);
    }

    const steps = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_080, 43_080];
    for (const [index, step] of steps.entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(step * 0.8);
      expect(pauses[index]).toBeLessThanOrEqual(step + 3);
    }
    expect(told()).toEqual(Array.from({ length: 11 }, () => 'a'));
    receiver.answer(answering(200));
    await tellAll(tell, aws);
    expect(told().slice(11)).toEqual(['a', 'b']);
    expect(await read()).not.toHaveProperty('failingSince');
  });

  test('is not called in a pause, whatever is to be told', async () => {
    receiver.answer(answering(503));
    await owe(eventOf('a', 1));
    await tellAll(tell, aws);
    await owe(eventOf('b', 2));
    await tellAll(tell, aws);

    expect(told()).toEqual(['a']);
    expect(aws.webhooks.messages()).toHaveLength(1);
    expect(await read()).toMatchObject({ enabled: true, failingSince: start.toISOString() });
  });

  test.each([
    ['3600', 3_600],
    ['Mon, 01 Mar 2027 12:00:00 GMT', 7_200],
    ['99999999', 43_080],
  ])('and says Retry-After: %s is left alone for so long', async (retryAfter, seconds) => {
    receiver.answer(answering(429, { 'retry-after': retryAfter }));
    await owe(eventOf('a'));
    await tellAll(tell, aws);

    const [waiting] = aws.webhooks.messages();
    expect((waiting?.visibleAt ?? 0) - Date.now()).toBe((seconds + 2) * 1_000);
    expect(await kept()).toMatchObject([{ state: 'waiting', attempts: [{ status: 429 }] }]);
  });

  test('for three days is off, and the alarm waits for what is said of it', async () => {
    receiver.answer(answering(404));
    await owe(eventOf('a'));
    await tellAll(tell, aws);
    pass(3 * 86_400 - 1);
    await owe(eventOf('b', 3 * 86_400 - 1));
    await tellAll(tell, aws);
    expect(await read()).toMatchObject({ enabled: true });
    pass(43_200);
    await tellAll(tell, aws);

    expect(await read()).toMatchObject({
      enabled: false,
      off: { reason: 'failing', since: new Date().toISOString() },
      failingSince: start.toISOString(),
    });
    expect(log.of('Webhook turned off')).toMatchObject([{ level: 'error', webhookId: webhook.id, reason: 'failing' }]);
    expect(aws.webhooks.messages()).toEqual([]);
  });

  test('with 410 is off at once, until it is turned on again', async () => {
    receiver.answer(answering(410));
    await owe(eventOf('a'));
    expect(await tellAll(tell, aws)).toBe(0);

    expect(await read()).toMatchObject({ enabled: false, off: { reason: 'gone', since: start.toISOString() } });
    expect(log.of('Webhook turned off')).toMatchObject([{ level: 'error', webhookId: webhook.id, reason: 'gone' }]);
    await owe(eventOf('b', 1));
    await tellAll(tell, aws);
    expect(told()).toEqual(['a']);

    receiver.answer(answering(204));
    expect((await door('patch', webhook.id, { body: { enabled: true } })).body).not.toHaveProperty('off');
    await owe(eventOf('c', 2));
    await tellAll(tell, aws);
    expect(told()).toEqual(['a', 'a', 'b', 'c']);
  });

  test('holds up no other', async () => {
    const other = (await door('create', undefined, { body: { url: 'https://other.example.org/' } })).body;
    receiver.answer((response, { headers }) =>
      answering(headers.host === 'hooks.example.org' ? 500 : 204)(response, {} as never),
    );
    await owe(eventOf('a'));
    await owedEventStore(service.table).keep(other.id, eventOf('a'));
    say({ to: other.id });
    expect(await tellAll(tell, aws)).toBe(1);

    expect(receiver.received.map(({ headers }) => headers.host).sort()).toEqual([
      'hooks.example.org',
      'other.example.org',
    ]);
    await door('remove', other.id);
  });
});

describe('two messages at once', () => {
  test('are one drain: what comes while it works is told by it', async () => {
    const meanwhile = async () => {
      await owe(eventOf('b', 1));
      expect(await tellAll(tell, aws)).toBe(0);
      expect(told()).toEqual(['a']);
    };
    receiver.answer((response, received) => {
      const isFirst = received.headers['webhook-id'] === 'a';
      void (isFirst ? meanwhile() : Promise.resolve()).finally(() => answering(204)(response, received));
    });
    await owe(eventOf('a'));
    expect(await tellAll(tell, aws)).toBe(0);

    expect(told()).toEqual(['a', 'b']);
    expect(aws.webhooks.messages()).toEqual([]);
  });

  test('of which the first died are told by the other once its lease has ended', async () => {
    await owe(eventOf('a'));
    const died = await drainStore(service.table).take(
      webhook.id,
      undefined,
      { leaseId: 'dead', messageId: 'dead' },
      new Date(),
    );
    expect(died).toMatchObject({ kind: 'held' });
    pass(75);
    await tellAll(tell, aws);
    expect(told()).toEqual([]);
    await owe(eventOf('b', 1));
    pass(1);
    await tellAll(tell, aws);

    expect(told()).toEqual(['a', 'b']);
  });
});

test('of a webhook that is gone nothing is told', async () => {
  await owe(eventOf('a'));
  say({ to: 'none' });
  await door('remove', webhook.id);
  expect(await tellAll(tell, aws)).toBe(0);

  expect(told()).toEqual([]);
  webhook = (await door('create', undefined, { body: { url } })).body;
});
