import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { groupOf } from '../../../functions/deliveries/deliveryQueueClient.ts';
import type { Job } from '../../../functions/deliveries/job.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { deviceStore } from '../../../functions/users/deviceStore.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { deliveryRows, handOver, keepMeeting, takeJobs, writeMeeting } from '../../deliveries/deliveries.ts';
import { keepUser } from '../../deliveries/users.ts';
import { createInvocations, killed } from '../../life/invocations.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { participantOf } from '../../meetings/meetings.ts';
import { startService, type TestService } from '../../service.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
let due: (event: unknown) => Promise<void>;
let plan: (event: never) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
let deliver: Parameters<typeof handOver>[0];

const bob = participantOf({ id: 'bob', email: 'bob@example.org' });
const carol = participantOf({ id: 'carol', phone: '+34600000003' });
/** Long before the reminder, so that no letter is on its way. */
const yesterday = () => new Date(Date.now() - 86_400_000);
const eventOf = ({ id, validSince }: Meeting) => ({ meetingId: id, validSince: validSince.toISOString() });

beforeAll(async () => {
  aws = await startAws();
  service = await startService({ remindMechanisms: ['push', 'email', 'sms'] });
  log = catchLog();
  const { handler } = await import('../../../functions/handlers/schedule/onReminderDue.handler.ts');
  due = (event) => handler(event, { invokedFunctionArn: `${process.env.REMINDER_FUNCTION_ARN}` });
  ({ handler: plan } = await import('../../../functions/handlers/queue/plan.handler.ts'));
  ({ handler: deliver } = await import('../../../functions/handlers/queue/deliver.handler.ts'));
  await keepUser(service.table, { id: 'alice-id', username: 'alice', email: 'alice@example.org' });
  await deviceStore(service.table).register({
    deviceId: 'phone',
    userId: 'alice-id',
    platform: 'fcm',
    token: 'token-of-alice',
    registered: new Date(),
  });
});

beforeEach(() => {
  log.clear();
  aws.faults.clear();
  takeJobs(aws.queue);
});

afterAll(async () => {
  log.stop();
  await service.stop();
  await aws.stop();
});

describe('a reminder that is due', () => {
  test('reaches each where they are: a device, else a mail, else an SMS', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob, carol], updated: yesterday() });
    await due(eventOf(meeting));
    const jobs = takeJobs(aws.queue);
    expect(await handOver(deliver, jobs)).toEqual([]);

    expect(aws.phones.pushes.all()).toMatchObject([{ token: 'token-of-alice' }]);
    expect(aws.mailbox.envelopes()).toMatchObject([{ destinations: ['bob@example.org'] }]);
    expect(aws.phones.sms.all()).toMatchObject([{ phoneNumber: '+34600000003' }]);
    expect(aws.phones.sms.all()[0]?.message).toMatch(/^Reminder: Planning/);
    expect((await deliveryRows(service.table, meeting.id)).map(({ sk, state }) => [sk, state])).toEqual(
      ['email#bob', 'push#organizer#phone', 'sms#carol'].map((of) => [
        `DELIVERY#R${meeting.validSince.toISOString()}#${of}`,
        'sent',
      ]),
    );
  });

  test('owes nothing when it is due again', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob, carol], updated: yesterday() });
    await due(eventOf(meeting));
    await handOver(deliver, takeJobs(aws.queue));
    await due(eventOf(meeting));

    expect(takeJobs(aws.queue)).toEqual([]);
  });

  test.each<[string, (meeting: Meeting) => Meeting]>([
    ['was moved', (meeting) => ({ ...meeting, validSince: new Date(meeting.validSince.getTime() + 1_000) })],
    ['was cancelled', (meeting) => ({ ...meeting, status: 'cancelled' })],
  ])('of a meeting that %s reminds nobody', async (_, change) => {
    const meeting = await keepMeeting(service.table, { participants: [bob] });
    await writeMeeting(service.table, change(meeting));
    await due(eventOf(meeting));

    expect(takeJobs(aws.queue)).toEqual([]);
    expect(log.of('Reminder no longer wanted')).toMatchObject([{ level: 'info', meetingId: meeting.id }]);
  });

  test('of a meeting that has gone reminds nobody', async () => {
    await due({ meetingId: 'gone', validSince: new Date().toISOString() });

    expect(takeJobs(aws.queue)).toEqual([]);
  });
});

describe('a reminder of a meeting of more than a hundred people', () => {
  const guests = (count: number) =>
    Array.from({ length: count }, (_, index) => participantOf({ id: `p${index}`, email: `p${index}@example.org` }));
  const ids = (first: number, last: number) =>
    guests(last)
      .slice(first)
      .map(({ id }) => id);
  const numberOf = (id: string) => (id === 'organizer' ? -1 : Number(id.slice(1)));
  const people = (jobs: readonly Job[]) =>
    [...new Set(jobs.map(({ participantId }) => participantId))].sort((one, other) => numberOf(one) - numberOf(other));
  const takePlans = () => {
    const messages = aws.plans.receive(10);
    for (const { receipt } of messages) aws.plans.delete(receipt ?? '');
    return messages.map(({ body, group }) => ({ body, group }));
  };
  const planned = (body: string) => plan({ Records: [{ messageId: 'message-0', body }] } as never);
  /** Does what waits in the planning queue until nothing does. */
  async function planAll(): Promise<void> {
    for (let plans = takePlans(); plans.length > 0; plans = takePlans())
      for (const { body } of plans) expect(await planned(body)).toEqual({ batchItemFailures: [] });
  }

  test('is planned for the first hundred at once, and for 500 at a time after that, as its organizer’s', async () => {
    const meeting = await keepMeeting(service.table, { participants: guests(650), updated: yesterday() });
    const job = { kind: 'reminders', meetingId: meeting.id, revision: meeting.revision };
    await due(eventOf(meeting));

    expect(new Set(aws.queue.messages().map(({ group }) => group))).toEqual(new Set([groupOf('alice-id')]));
    expect(people(takeJobs(aws.queue))).toEqual(['organizer', ...ids(0, 99)]);
    const [first = { body: '', group: '' }, ...others] = takePlans();
    expect([JSON.parse(first.body), first.group, others]).toEqual([{ ...job, after: 'p98' }, groupOf('alice-id'), []]);

    expect(await planned(first.body)).toEqual({ batchItemFailures: [] });
    expect(people(takeJobs(aws.queue))).toEqual(ids(99, 599));
    const [second = { body: '' }] = takePlans();
    expect(JSON.parse(second.body)).toEqual({ ...job, after: 'p598' });

    expect(await planned(second.body)).toEqual({ batchItemFailures: [] });
    expect(people(takeJobs(aws.queue))).toEqual(ids(599, 650));
    expect(takePlans()).toEqual([]);
  });

  test('is planned no further once the meeting has begun, was cancelled or has changed', async () => {
    const changes: Partial<Meeting>[] = [{ revision: 2 }, { status: 'cancelled' }, { validSince: new Date() }];
    for (const change of changes) {
      const meeting = await keepMeeting(service.table, { participants: guests(101), updated: yesterday() });
      await due(eventOf(meeting));
      takeJobs(aws.queue);
      await writeMeeting(service.table, { ...meeting, ...change });
      await planAll();

      expect(takeJobs(aws.queue)).toEqual([]);
    }
  });

  test('that is killed at any of its calls leaves nobody out, and reaches nobody twice, when it comes again', async () => {
    const { invoke } = createInvocations(() => 0);
    const tally = { killed: 0, unanswered: 0, givenUp: 0, published: 0 };
    const mailed = () => aws.mailbox.envelopes().map(({ destinations }) => destinations.join());
    let kills = 0;
    for (const kind of ['killBefore', 'killAfter'] as const) {
      for (let call = 0; ; call += 1) {
        const meeting = await keepMeeting(service.table, { participants: guests(120), updated: yesterday() });
        const ended = await invoke(() => due(eventOf(meeting)), tally, { call, kind, times: 1 });
        await due(eventOf(meeting));
        await planAll();
        const jobs = takeJobs(aws.queue);
        expect(people(jobs)).toEqual(['organizer', ...ids(0, 120)]);
        if (ended !== killed) break;
        kills += 1;
        // Once with everything that was queued twice.
        if (call !== 12 || kind !== 'killAfter') continue;
        const before = mailed().length;
        expect(jobs.length).toBeGreaterThan(121);
        for (let index = 0; index < jobs.length; index += 10)
          expect(await handOver(deliver, jobs.slice(index, index + 10))).toEqual([]);
        const addresses = guests(120).map(({ email }) => email);
        expect(mailed().slice(before).sort()).toEqual(addresses.sort());
      }
    }

    expect(kills).toBeGreaterThan(25);
  }, 300_000);
});

test('is said to have failed where the queue takes nothing, and thrown so that it comes again', async () => {
  const meeting = await keepMeeting(service.table, { participants: [bob] });
  aws.faults.order({ service: 'sqs', kind: 'error500' });

  await expect(due(eventOf(meeting))).rejects.toThrow();
  expect(log.of(/^Unable to send reminder for meeting: /)).toMatchObject([
    {
      level: 'error',
      message: expect.stringMatching(new RegExp(`^Unable to send reminder for meeting: ${meeting.id}\\. Cause: .+`)),
      meetingId: meeting.id,
      error: { name: expect.any(String), message: expect.any(String), stack: expect.any(String) },
    },
  ]);
});
