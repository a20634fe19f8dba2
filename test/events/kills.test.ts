import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Event } from '../../functions/events/event.ts';
import { sortKeyOf } from '../../functions/events/owedEvent.ts';
import { owedEventStore } from '../../functions/events/owedEventStore.ts';
import { startAws, type TestAws } from '../aws.ts';
import { createInvocations, killed, type Trouble, troubleKinds } from '../life/invocations.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { startService, type TestService } from '../service.ts';
import { answering, type Receiver, startReceiver } from './receiver.ts';
import { webhookDoor as door, recordOf } from './webhookRun.ts';

let aws: TestAws;
let service: TestService;
let receiver: Receiver;
let log: LogLines;
let tell: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  receiver = await startReceiver();
  log = catchLog();
  ({ handler: tell } = await import('../../functions/handlers/queue/tellWebhook.handler.ts'));
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T10:00:00Z') });
});

afterEach(() => {
  vi.useRealTimers();
});

afterAll(async () => {
  log.stop();
  await receiver.stop();
  await service.stop();
  await aws.stop();
});

const trouble: fc.Arbitrary<Trouble> = fc.record({
  call: fc.integer({ min: 0, max: 10 }),
  kind: fc.constantFrom(...troubleKinds),
  times: fc.integer({ min: 1, max: 2 }),
});

/** An event comes; the queue hands over what is visible, and it may go wrong; or time passes. */
const step = fc.oneof(
  fc.constant('event' as const),
  fc.option(trouble, { nil: 'tell' as const }),
  fc.record({ seconds: fc.integer({ min: 1, max: 200 }) }),
);

test('each event is told at least once and in order, whoever is killed, by a receiver that fails half the time', async () => {
  let requests = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.infiniteStream(fc.boolean()), async (steps, failing) => {
      vi.setSystemTime(new Date('2027-03-01T10:00:00Z'));
      const { id, url } = (await door('create', undefined, { body: { url: 'https://hooks.example.org/' } })).body;
      const { invoke } = createInvocations(() => 0);
      const tally = { killed: 0, unanswered: 0, givenUp: 0, published: 0 };
      const owed: string[] = [];
      const told: string[] = [];
      let isCalm = false;
      receiver.answer((response, received) => {
        const fails = !isCalm && failing.next().value;
        if (!fails) told.push(String(received.headers['webhook-id']));
        answering(fails ? 500 : 204)(response, received);
      });

      async function owe(): Promise<void> {
        const order = new Date(Date.UTC(2027, 2, 1) + owed.length * 1_000);
        const event: Event = { id: `e${owed.length}`, type: 'meeting.changed', time: order, order, data: {} };
        order.setUTCDate(2);
        await owedEventStore(service.table).keep(id, event);
        aws.webhooks.send(
          { body: JSON.stringify({ webhookId: id, from: sortKeyOf(event) }), attributes: {}, senderId: 'test' },
          0,
        );
        owed.push(event.id);
      }

      async function hand(struck?: Trouble): Promise<void> {
        const messages = aws.webhooks.receive(10);
        if (messages.length === 0) return;
        requests += 1;
        const context = { awsRequestId: `r${requests}`, getRemainingTimeInMillis: () => 60_000 } as Context;
        const event = { Records: messages.map(recordOf) } as unknown as SQSEvent;
        const reply = await invoke(() => tell(event, context), tally, struck);
        if (reply === killed) return;
        const again = new Set(reply.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        for (const message of messages) if (!again.has(message.id)) aws.webhooks.delete(message.receipt ?? '');
      }

      for (const one of steps) {
        if (one === 'event') await owe();
        else if (one === 'tell') await hand();
        else if ('seconds' in one) vi.setSystemTime(Date.now() + one.seconds * 1_000);
        else await hand(one);
      }
      isCalm = true;
      for (let round = 0; round < 50 && aws.webhooks.messages().length > 0; round += 1) {
        await hand();
        vi.setSystemTime(Date.now() + 600_000);
      }

      expect(aws.webhooks.messages()).toEqual([]);
      expect([...new Set(told)]).toEqual(owed);
      expect((await door('read', id)).body).toMatchObject({ url, enabled: true });
      await door('remove', id);
    }),
    { numRuns: randomRuns(25), seed: randomSeed() },
  );
}, 300_000);
