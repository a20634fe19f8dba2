import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { deviceStore } from '../../../functions/users/deviceStore.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { deliveryRows, handOver, keepMeeting, takeJobs, writeMeeting } from '../../deliveries/deliveries.ts';
import { keepUser } from '../../deliveries/users.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { participantOf } from '../../meetings/meetings.ts';
import { startService, type TestService } from '../../service.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
let due: (event: unknown) => Promise<void>;
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
  ({ handler: due } = await import('../../../functions/handlers/schedule/onReminderDue.handler.ts'));
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
