import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { deliveryStore } from '../../../functions/deliveries/deliveryStore.ts';
import type { EventType } from '../../../functions/events/event.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { eventSchema } from '../../../functions/openapi/events.ts';
import { allRows } from '../../../functions/runtime/table.ts';
import { openStreamReader, type StreamRecord } from '../../../infra/local/mappings/streamReader.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { webhookDoor as door } from '../../events/webhookRun.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { alice, type Call, call, startService, type TestService } from '../../service.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
let follow: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
let due: (event: unknown) => Promise<void>;
let webhookId: string;
let records: () => Promise<StreamRecord[]>;

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  log = catchLog();
  ({ handler: follow } = await import('../../../functions/handlers/stream/onMeetingChanged.handler.ts'));
  const { handler } = await import('../../../functions/handlers/schedule/onReminderDue.handler.ts');
  due = (event) => handler(event, { invokedFunctionArn: `${process.env.REMINDER_FUNCTION_ARN}` });
  const reader = openStreamReader(
    `${process.env.AWS_ENDPOINT_URL_DYNAMODB}`,
    service.table.name,
    'arn:stream',
    undefined,
  );
  records = async () => {
    const all: StreamRecord[] = [];
    for (let page = await reader.next(); page.count > 0; page = await reader.next()) all.push(...page.records);
    return all.filter(isFollowed);
  };
});

beforeEach(async () => {
  await records();
  log.clear();
  for (const { id } of (await door('list')).body.webhooks) await door('remove', id);
  webhookId = (await door('create', undefined, { body: { url: 'https://hooks.example.org/' } })).body.id;
  for (const { Name, GroupName } of aws.schedules.all()) aws.schedules.delete(GroupName, Name);
  for (const { receipt = '' } of aws.webhooks.receive(10)) aws.webhooks.delete(receipt);
});

afterAll(async () => {
  log.stop();
  await service.stop();
  await aws.stop();
});

const textOf = (attribute: unknown) => (attribute as { S?: string } | undefined)?.S ?? '';

/** As the filters of its mapping. */
function isFollowed({ eventName, dynamodb }: StreamRecord): boolean {
  const sk = textOf(dynamodb.Keys.sk);
  if (eventName === 'REMOVE') return false;
  if (sk.startsWith('DELIVERY#')) return textOf(dynamodb.NewImage?.state) === 'failed';
  return sk === 'MEETING' || sk.startsWith('WAITING#') || sk.startsWith('ANSWER#');
}

async function followAll(): Promise<StreamRecord[]> {
  const Records = await records();
  expect(await follow({ Records } as never)).toEqual({ batchItemFailures: [] });
  return Records;
}

const doors = {
  create: () => import('../../../functions/handlers/http/meetings/createMeeting.handler.ts'),
  patch: () => import('../../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
  cancel: () => import('../../../functions/handlers/http/meetings/cancelMeeting.handler.ts'),
  answer: () => import('../../../functions/handlers/http/meetings/answerMeeting.handler.ts'),
};

async function meetings(name: keyof typeof doors, options: Call) {
  const { handler } = await doors[name]();
  const { status, body } = await call(handler as never, { claims: alice, ...options });
  expect(status).toBeLessThan(300);
  return body;
}

const carol = { sub: 'carol-id', 'cognito:username': 'carol', email: 'carol@example.org', email_verified: 'true' };

const schedule = (start: number) =>
  meetings('create', { body: { name: 'Planning', validSince: start, participants: [{ email: 'carol@example.org' }] } });

const inAnHour = () => Date.now() + 3_600_000;

/** What the webhook is owed, the oldest first. */
async function owed(): Promise<{ id: string; type: string; timestamp: string }[]> {
  const { events } = (await door('attempts', webhookId)).body;
  return events
    .map(({ id, type, timestamp }: Meeting & { type: string; timestamp: string }) => ({ id, type, timestamp }))
    .reverse();
}

/** What an event says: ids, counts and times alone. */
const ofMeeting = 'meetingId organizerId revision sequence validSince validUntil';
const factsOf = {
  'meeting.scheduled': ofMeeting,
  'meeting.changed': ofMeeting,
  'meeting.cancelled': ofMeeting,
  'participant.answered': 'answer how meetingId participantId sequence',
};

const owedRows = () => allRows(service.table, `WEBHOOK#${webhookId}`, 'EVENT#');

describe('a meeting', () => {
  test('tells that it was scheduled, changed, answered to and cancelled, in this order', async () => {
    const made = await schedule(inAnHour());
    const changed = await meetings('patch', { path: { id: made.id }, body: { name: 'Planning 2' } });
    await followAll();
    const { answer } = await meetings('answer', { claims: carol, path: { id: made.id }, body: { status: 'accepted' } });
    await followAll();
    await meetings('cancel', { path: { id: made.id } });
    await followAll();

    const participantId = made.participants[0].id;
    const all = await owed();
    const changes = all.filter(({ type }) => type !== 'participant.answered');
    expect(changes.map(({ type }) => type)).toEqual(['meeting.scheduled', 'meeting.changed', 'meeting.cancelled']);
    expect(all).toHaveLength(4);
    for (const { id, type, time: timestamp, data } of await owedRows()) {
      expect(z.safeParse(eventSchema(type as EventType), { id, type, timestamp, data }).error).toBeUndefined();
      expect(JSON.stringify(data)).not.toMatch(/@|\+34/);
      expect(
        Object.keys(data as object)
          .sort()
          .join(' '),
      ).toBe(factsOf[type as keyof typeof factsOf]);
    }
    expect(changes.map(({ id }) => id)).toEqual([1, 2, 3].map((revision) => `${made.id}-00000000${revision}`));
    expect(all).toContainEqual({
      id: `${made.id}-answer-${participantId}-${Date.parse(answer.when)}`,
      type: 'participant.answered',
      timestamp: answer.when,
    });
    expect(all).toContainEqual({ id: `${made.id}-000000002`, type: 'meeting.changed', timestamp: changed.updated });
  });

  test('handed on again makes nothing new', async () => {
    await schedule(inAnHour());
    const Records = await followAll();
    const once = await owed();
    await follow({ Records } as never);

    expect(once).toHaveLength(1);
    expect(await owed()).toEqual(once);
  });

  test('tells nobody who does not listen, and writes nothing', async () => {
    await door('patch', webhookId, { body: { enabled: false } });
    await schedule(inAnHour());
    await followAll();

    expect(await owed()).toEqual([]);
    expect(aws.webhooks.messages()).toEqual([]);
    expect(log.of('Events handed on')).toEqual([]);
  });

  test('tells of a delivery that failed, without the address', async () => {
    const made = await schedule(inAnHour());
    await followAll();
    const job = {
      kind: 'invitation',
      meetingId: made.id,
      participantId: 'bob',
      channel: 'email',
      sequence: 0,
      reached: false,
    } as const;
    const deliveries = deliveryStore(service.table);
    await deliveries.claim(job, 'claim', new Date());
    await deliveries.finish(job, { state: 'failed', reason: 'MessageRejected' }, new Date(), 2_000_000_000);
    await followAll();

    const rows = await owedRows();
    const failed = rows.find(({ type }) => type === 'delivery.failed');
    expect(failed?.data).toEqual({
      meetingId: made.id,
      participantId: 'bob',
      channel: 'email',
      kind: 'invitation',
      sequence: 0,
      reason: 'MessageRejected',
    });
  });
});

describe('its one schedule', () => {
  const wakes = () =>
    aws.schedules.all().map(({ ScheduleExpression, Target, ActionAfterCompletion }) => {
      return {
        at: `${ScheduleExpression.slice(3, -1)}.000Z`,
        input: JSON.parse(Target.Input ?? ''),
        ActionAfterCompletion,
      };
    });

  test('wakes for the reminder, the start and the end, one after the other', async () => {
    const start = new Date(Math.ceil(inAnHour() / 1_000) * 1_000);
    const { id, validUntil, created } = await schedule(start.getTime());
    await followAll();
    const input = { meetingId: id, validSince: start.toISOString() };
    const tenBefore = new Date(start.getTime() - 600_000).toISOString();
    expect(wakes()).toEqual([{ at: tenBefore, input, ActionAfterCompletion: 'NONE' }]);

    vi.useFakeTimers({ toFake: ['Date'], now: start.getTime() - 600_000 });
    try {
      await due(input);
      const began = { ...input, moment: 'started' };
      expect(wakes()).toEqual([{ at: start.toISOString(), input: began, ActionAfterCompletion: 'NONE' }]);
      vi.setSystemTime(start);
      await due(began);
      const ended = { ...input, moment: 'ended' };
      expect(wakes()).toEqual([{ at: validUntil, input: ended, ActionAfterCompletion: 'DELETE' }]);
      vi.setSystemTime(Date.parse(validUntil));
      await due(ended);
      await due(ended);
      expect(wakes()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
    expect(await owed()).toEqual([
      { id: `${id}-000000001`, type: 'meeting.scheduled', timestamp: created },
      { id: `${id}-reminder-${start.getTime()}-10`, type: 'reminder.due', timestamp: tenBefore },
      { id: `${id}-started-${start.getTime()}`, type: 'meeting.started', timestamp: start.toISOString() },
      { id: `${id}-ended-${Date.parse(validUntil)}`, type: 'meeting.ended', timestamp: validUntil },
    ]);
  });

  test('wakes for the reminder alone where nobody listens', async () => {
    await door('remove', webhookId);
    await schedule(inAnHour());
    await followAll();

    expect(wakes()).toMatchObject([{ ActionAfterCompletion: 'DELETE' }]);
    expect(wakes()[0]?.input).not.toHaveProperty('moment');
    webhookId = '';
  });

  test('is not waited for where the start has passed when it is written', async () => {
    const start = Date.now() - 60_000;
    const { id } = await schedule(start);
    await followAll();
    expect((await owed()).map(({ type }) => type).sort()).toEqual(['meeting.scheduled', 'meeting.started']);

    await meetings('patch', { path: { id }, body: { name: 'Another' } });
    await followAll();
    expect((await owed()).filter(({ type }) => type === 'meeting.started')).toHaveLength(1);
    expect(wakes()).toMatchObject([{ input: { meetingId: id, moment: 'ended' }, ActionAfterCompletion: 'DELETE' }]);
  });
});
