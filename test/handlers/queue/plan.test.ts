import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { groupOf } from '../../../functions/deliveries/deliveryQueueClient.ts';
import { deliveryStore } from '../../../functions/deliveries/deliveryStore.ts';
import type { Job } from '../../../functions/deliveries/job.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { meetingKey, meetingStore } from '../../../functions/meetings/meetingStore.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { keepMeeting, takeJobs, writeMeeting } from '../../deliveries/deliveries.ts';
import { keepUser } from '../../deliveries/users.ts';
import { createInvocations, killed } from '../../life/invocations.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { participantOf } from '../../meetings/meetings.ts';
import { startService, type TestService } from '../../service.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
let follow: (event: never) => Promise<unknown>;
let plan: (event: never) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  log = catchLog();
  ({ handler: follow } = await import('../../../functions/handlers/stream/onMeetingChanged.handler.ts'));
  ({ handler: plan } = await import('../../../functions/handlers/queue/plan.handler.ts'));
  await keepUser(service.table, { id: 'alice-id', username: 'alice', email: 'alice@example.org' });
});

beforeEach(() => {
  aws.faults.clear();
  log.clear();
  takeJobs(aws.queue);
  takePlans();
});

afterAll(async () => {
  log.stop();
  await service.stop();
  await aws.stop();
});

const guests = (count: number) =>
  Array.from({ length: count }, (_, index) => participantOf({ id: `p${index}`, email: `p${index}@example.org` }));

/** Tells the stream's function that a meeting was written. */
async function changed({ id }: Meeting): Promise<void> {
  const dynamodb = { Keys: marshall(meetingKey(id)), SequenceNumber: '1' };
  expect(await follow({ Records: [{ eventName: 'INSERT', dynamodb }] } as never)).toEqual({ batchItemFailures: [] });
}

/** Takes what waits in the planning queue. */
function takePlans(): { body: string; group?: string | undefined }[] {
  const messages = aws.plans.receive(10);
  for (const { receipt } of messages) aws.plans.delete(receipt ?? '');
  return messages.map(({ body, group }) => ({ body, group }));
}

const planned = (body: string) => plan({ Records: [{ messageId: 'message-0', body }] } as never);

const numberOf = (id: string) => Number(id.slice(1));
/** In the order of the meeting: ten each are queued, five times at once. */
const people = (jobs: readonly Job[]) =>
  jobs.map(({ participantId }) => participantId).sort((one, other) => numberOf(one) - numberOf(other));
const from = (first: number, last: number) =>
  guests(last)
    .slice(first)
    .map(({ id }) => id);

describe('a meeting of more than a hundred people', () => {
  test('is planned for the first hundred at once, and for 500 at a time after that, as its organizer’s', async () => {
    const meeting = await keepMeeting(service.table, { participants: guests(650) });
    await changed(meeting);
    const { id: meetingId, revision } = meeting;
    const job = { kind: 'invitations', meetingId, revision };

    expect(new Set(aws.queue.messages().map(({ group }) => group))).toEqual(new Set([groupOf('alice-id')]));
    expect(people(takeJobs(aws.queue))).toEqual(from(0, 100));
    const [first = { body: '' }, ...others] = takePlans();
    expect([JSON.parse(first.body), first.group, others]).toEqual([{ ...job, after: 'p99' }, groupOf('alice-id'), []]);

    expect(await planned(first.body)).toEqual({ batchItemFailures: [] });
    expect(people(takeJobs(aws.queue))).toEqual(from(100, 600));
    const [second = { body: '' }] = takePlans();
    expect(JSON.parse(second.body)).toEqual({ ...job, after: 'p599' });

    expect(await planned(second.body)).toEqual({ batchItemFailures: [] });
    expect(people(takeJobs(aws.queue))).toEqual(from(600, 650));
    expect(takePlans()).toEqual([]);
    expect(log.of('Invitations planned').map(({ jobs, more }) => [jobs, more])).toEqual([
      [100, true],
      [500, true],
      [50, false],
    ]);
  });

  test('costs a step no more calls than another, however many people there are', async () => {
    const calls = async (count: number) => {
      const meeting = await keepMeeting(service.table, { participants: guests(count) });
      const before = aws.calls('sqs.SendMessageBatch') + aws.calls('sqs.SendMessage');
      await changed(meeting);
      takeJobs(aws.queue);
      takePlans();
      return aws.calls('sqs.SendMessageBatch') + aws.calls('sqs.SendMessage') - before;
    };

    expect(await calls(100)).toBe(10);
    expect([await calls(101), await calls(650)]).toEqual([11, 11]);
  });

  test('of an organizer who was deleted names them to the last, and forgets them then', async () => {
    const leaving = { username: 'alice', email: 'alice@example.org', leaving: true } as const;
    const gone = { status: 'cancelled', revision: 2, sequence: 2, organizer: leaving } as const;
    const participants = guests(101).map((person) => ({ ...person, told: 2 }));
    const meeting = await keepMeeting(service.table, { participants, ...gone });
    const { addressHash } = await import('../../../functions/deliveries/delivery.ts');
    for (const { id: participantId, email = '' } of participants) {
      const to = addressHash(meeting.id, email);
      const job = { kind: 'invitation', meetingId: meeting.id, participantId, channel: 'email', sequence: 1 } as const;
      await deliveryStore(service.table).claim({ ...job, reached: false, to }, 'a', new Date());
      await deliveryStore(service.table).finish({ ...job, reached: false }, { state: 'sent' }, new Date(), 9e9);
    }
    const organizer = async () => (await meetingStore(service.table, 30).get(meeting.id))?.organizer;
    await changed(meeting);

    expect(await organizer()).toMatchObject({ username: 'alice' });
    const [{ body } = { body: '' }] = takePlans();
    takeJobs(aws.queue);
    await planned(body);
    expect(takeJobs(aws.queue)).toMatchObject([{ participantId: 'p100', organizer: { username: 'alice' } }]);
    expect(await organizer()).toBeUndefined();
  });

  test('whose reminder is due is reminded of by the planning queue', async () => {
    const validSince = new Date(Date.now() + 300_000);
    const meeting = await keepMeeting(service.table, { participants: guests(101), validSince });
    await changed(meeting);
    const reminders = takePlans()
      .map(({ body }) => body)
      .filter((body) => body.includes('reminders'));

    // The organizer and 99 others are the first hundred.
    expect(reminders.map((body) => JSON.parse(body))).toEqual([
      { kind: 'reminders', meetingId: meeting.id, revision: meeting.revision, after: 'p98' },
    ]);
    expect(log.of('Reminders planned')).toMatchObject([{ meetingId: meeting.id, jobs: 0, more: true }]);
    await planned(reminders[0] ?? '');
    expect(log.of('Reminders planned')[1]).toMatchObject({ meetingId: meeting.id, jobs: 0, more: false });
  });
});

describe('a planning job', () => {
  test('ends where the meeting has changed since, or has gone', async () => {
    const meeting = await keepMeeting(service.table, { participants: guests(101) });
    await changed(meeting);
    takeJobs(aws.queue);
    const [{ body } = { body: '' }] = takePlans();
    await writeMeeting(service.table, { ...meeting, revision: 2 });

    expect(await planned(body)).toEqual({ batchItemFailures: [] });
    expect(await planned(body.replace(meeting.id, 'gone'))).toEqual({ batchItemFailures: [] });
    expect(takeJobs(aws.queue)).toEqual([]);
    expect(log.of('Planning overtaken')).toHaveLength(2);
  });

  test.each(['', '{}', '{"kind":"invitations","meetingId":"m","revision":"1"}'])(
    'goes back where it is none: %j',
    async (body) => {
      expect(await planned(body)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
      expect(log.of('Planning failed')).toMatchObject([{ level: 'error', messageId: 'message-0' }]);
    },
  );

  test('that is killed at any of its calls leaves nobody out when it comes again', async () => {
    const meeting = await keepMeeting(service.table, { participants: guests(130) });
    await changed(meeting);
    const [{ body } = { body: '' }] = takePlans();
    takeJobs(aws.queue);
    const { invoke } = createInvocations(() => 0);
    const tally = { killed: 0, unanswered: 0, givenUp: 0, published: 0 };
    let kills = 0;
    for (const kind of ['killBefore', 'killAfter'] as const) {
      for (let call = 0; ; call += 1) {
        const ended = await invoke(() => planned(body), tally, { call, kind, times: 1 });
        const partly = people(takeJobs(aws.queue));
        expect(partly.filter((id) => !from(100, 130).includes(id))).toEqual([]);
        expect(await planned(body)).toEqual({ batchItemFailures: [] });
        expect(people(takeJobs(aws.queue))).toEqual(from(100, 130));
        if (ended !== killed) break;
        kills += 1;
      }
    }

    expect(kills).toBeGreaterThan(10);
  });
});
