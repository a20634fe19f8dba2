import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { organizerParticipantId } from '../../functions/deliveries/delivery.ts';
import { deliveryStore } from '../../functions/deliveries/deliveryStore.ts';
import { shortCodeOf } from '../../functions/meetings/links/personalLink.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { directory } from '../../functions/users/directoryStore.ts';
import { startAws, type TestAws } from '../aws.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { participantOf } from '../meetings/meetings.ts';
import { startService, type TestService } from '../service.ts';
import { deliveryRows, handOver, jobOf, keepMeeting, reminderJobOf, writeMeeting } from './deliveries.ts';
import { keepUser } from './users.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
let deliver: Parameters<typeof handOver>[0];

const bob = participantOf({ id: 'bob', email: 'bob@example.org', name: 'Bob' });
const carol = participantOf({ id: 'carol', phone: '+34600000003' });
const everybody = { participants: [bob, carol] };

const mails = ({ id }: Meeting) => aws.mailbox.envelopes().filter(({ tags }) => tags.meeting === id);
/** By the short links that they lead to their readers by. */
const messages = (meeting: Meeting) => {
  const codes = meeting.participants.map((person) => `/j/${shortCodeOf(meeting, person)}`);
  return aws.phones.sms.all().filter(({ message }) => codes.some((code) => message.includes(code)));
};
const queued = ({ id }: Meeting) =>
  aws.queue
    .messages()
    .map(({ body }) => JSON.parse(body))
    .filter(({ meetingId }) => meetingId === id);
const rows = ({ id }: Pick<Meeting, 'id'>) => deliveryRows(service.table, id);
const byMail = ({ id }: Pick<Meeting, 'id'>) => jobOf({ meetingId: id });
const bySms = ({ id }: Pick<Meeting, 'id'>) => jobOf({ meetingId: id, participantId: 'carol', channel: 'sms' });

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  log = catchLog();
  ({ handler: deliver } = await import('../../functions/handlers/queue/deliver.handler.ts'));
});

beforeEach(() => {
  aws.faults.clear();
  log.clear();
});

afterAll(async () => {
  log.stop();
  await service.stop();
  await aws.stop();
});

describe('somebody who is taken off and invited again and again', () => {
  test('gets twenty letters in a day, cancellations counted; others of the meeting go on getting theirs', async () => {
    const about = { ...everybody, removed: [] };
    const meeting = await keepMeeting(service.table, about);
    const told = (sequence: number, isOn: boolean) => {
      const id = `bob-${Math.ceil(sequence / 2)}`;
      const person = participantOf({ id, email: sequence % 3 ? 'bob@example.org' : 'bob@EXAMPLE.org', told: sequence });
      return { id, ...(isOn ? { participants: [person] } : { participants: [], removed: [person] }) };
    };
    for (let sequence = 1; sequence <= 23; sequence += 1) {
      const { id, ...people } = told(sequence, sequence % 2 === 1);
      await writeMeeting(service.table, { ...meeting, ...people, revision: sequence, sequence });
      const job = jobOf({ meetingId: meeting.id, participantId: id, sequence, reached: true });
      expect(await handOver(deliver, [job])).toEqual([]);
    }
    const [other] = [participantOf({ id: 'eva', email: 'eva@example.org', told: 24 })];
    await writeMeeting(service.table, { ...meeting, participants: [other], revision: 24, sequence: 24 });
    await handOver(deliver, [jobOf({ meetingId: meeting.id, participantId: 'eva', sequence: 24 })]);

    const sentTo = mails(meeting).flatMap(({ destinations }) => destinations.map((one) => one.toLowerCase()));
    expect(sentTo).toEqual([...Array.from({ length: 20 }, () => 'bob@example.org'), 'eva@example.org']);
    expect((await rows(meeting)).filter(({ state }) => state !== 'sent')).toEqual(
      [21, 22, 23].map((sequence) =>
        expect.objectContaining({
          sk: `DELIVERY#${sequence}#email#bob-${Math.ceil(sequence / 2)}`,
          state: 'failed',
          reason: 'too-many-letters',
        }),
      ),
    );
  });
});

describe('a job', () => {
  test('is sent once, however often it comes', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    const jobs = [byMail(meeting), bySms(meeting)];

    expect(await handOver(deliver, jobs)).toEqual([]);
    expect(await handOver(deliver, jobs)).toEqual([]);

    expect(mails(meeting)).toMatchObject([{ destinations: ['bob@example.org'] }]);
    expect(messages(meeting)).toMatchObject([{ phoneNumber: '+34600000003' }]);
    expect(await rows(meeting)).toMatchObject([
      { sk: 'DELIVERY#1#email#bob', state: 'sent', messageId: mails(meeting)[0]?.messageId, attempts: 1 },
      { sk: 'DELIVERY#1#sms#carol', state: 'sent', messageId: messages(meeting)[0]?.messageId, attempts: 1 },
    ]);
  });

  test('is sent once where it comes twice at the same moment, and the other waits', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    const again = await handOver(deliver, [byMail(meeting), byMail(meeting)]);

    expect(mails(meeting)).toHaveLength(1);
    expect(again).toHaveLength(1);
    expect(await handOver(deliver, [byMail(meeting)])).toEqual([]);
    expect(mails(meeting)).toHaveLength(1);
  });

  test('carries when its row may be removed', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    await handOver(deliver, [byMail(meeting)]);
    const expiresAt = Math.floor(meeting.validUntil.getTime() / 1_000) + 30 * 86_400;

    expect(await rows(meeting)).toMatchObject([{ expiresAt }]);
  });

  test('of one meeting does not wait for those of another', async () => {
    const [one, other] = [
      await keepMeeting(service.table, everybody),
      await keepMeeting(service.table, { participants: [participantOf({ id: 'bob', email: 'x@nowhere' })] }),
    ];

    expect(await handOver(deliver, [byMail(other), byMail(one)])).toEqual([]);
    expect(mails(one)).toHaveLength(1);
    expect(await rows(other)).toMatchObject([{ state: 'failed' }]);
  });
});

describe('what cannot be sent now', () => {
  test('is given back when SES says that it is too much, and sent when it comes again', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    aws.faults.order({ service: 'ses', kind: 'throttle' });

    expect(await handOver(deliver, [byMail(meeting)])).toEqual([]);
    expect(await rows(meeting)).toMatchObject([{ state: 'claimed', leaseUntil: 0, reason: 'Throttling', unsent: 1 }]);
    expect(queued(meeting)).toMatchObject([{ ...byMail(meeting), postponed: { times: 1 } }]);

    aws.faults.clear();
    expect(await handOver(deliver, [byMail(meeting)], { receives: 2 })).toEqual([]);
    expect(mails(meeting)).toHaveLength(1);
    expect(await rows(meeting)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  test('is given back when a text message meets the limit, which is tried once', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    const before = aws.calls('sns.Publish');
    aws.faults.order({ service: 'sns', kind: 'throttle', count: 1 });

    expect(await handOver(deliver, [bySms(meeting)])).toEqual([]);
    expect(queued(meeting)).toMatchObject([{ ...bySms(meeting), postponed: { times: 1 } }]);
    expect(aws.calls('sns.Publish') - before).toBe(1);
    expect(await handOver(deliver, [bySms(meeting)], { receives: 2 })).toEqual([]);
    expect(messages(meeting)).toHaveLength(1);
  });

  test('fails when it comes for the last time', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    aws.faults.order({ service: 'sns', kind: 'error500' });

    expect(await handOver(deliver, [bySms(meeting)], { receives: 10 })).toEqual([]);
    expect(await rows(meeting)).toMatchObject([{ state: 'failed', reason: 'InternalFailure' }]);
    expect(log.of('Delivery given up')).toMatchObject([
      { level: 'error', meetingId: meeting.id, channel: 'sms', error: { name: 'InternalFailure' } },
    ]);
  });

  test('fails where it has been throttled for three days, and counts as unsent', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    aws.faults.order({ service: 'sns', kind: 'throttle' });
    const since = new Date(Date.now() - 3 * 86_400_000).toISOString();

    expect(await handOver(deliver, [{ ...bySms(meeting), postponed: { times: 400, since } }])).toEqual([]);
    expect(await rows(meeting)).toMatchObject([{ state: 'failed', reason: 'Throttling', attempts: 1, unsent: 1 }]);
    expect(queued(meeting)).toEqual([]);
    expect(log.of('Delivery given up')).toMatchObject([{ meetingId: meeting.id, error: { name: 'Throttling' } }]);
  });

  test('comes back whole where it cannot be queued anew', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    aws.faults.order({ service: 'ses', kind: 'throttle' });
    aws.faults.order({ service: 'sqs', kind: 'denied' });

    expect(await handOver(deliver, [bySms(meeting), byMail(meeting)])).toEqual([0, 1]);
    aws.faults.clear();
    expect(await handOver(deliver, [bySms(meeting), byMail(meeting)], { receives: 2 })).toEqual([]);
    expect([messages(meeting).length, mails(meeting).length]).toEqual([1, 1]);
  });

  test('waits where the function has little time left', async () => {
    const meeting = await keepMeeting(service.table, everybody);

    expect(await handOver(deliver, [byMail(meeting)], { remainingMilliseconds: 9_000 })).toEqual([]);
    expect(mails(meeting)).toHaveLength(0);
    expect(queued(meeting)).toMatchObject([{ ...byMail(meeting), postponed: { times: 1 } }]);
    expect(await rows(meeting)).toMatchObject([{ state: 'claimed', leaseUntil: 0, reason: 'out-of-time' }]);
    expect(await handOver(deliver, [byMail(meeting)], { receives: 2 })).toEqual([]);
    expect(mails(meeting)).toHaveLength(1);
  });
});

describe('what is refused', () => {
  test('fails at once, with the reason and without the address', async () => {
    const nowhere = participantOf({ id: 'bob', email: 'bob@nowhere' });
    const meeting = await keepMeeting(service.table, { participants: [nowhere] });

    expect(await handOver(deliver, [byMail(meeting)])).toEqual([]);
    expect(await rows(meeting)).toMatchObject([{ state: 'failed', reason: 'InvalidParameterValue', attempts: 1 }]);
    expect(JSON.stringify(log.all())).not.toContain('nowhere');
  });

  test('fails at once where no mail can be sent to the address', async () => {
    const unwritable = participantOf({ id: 'bob', email: 'ünï@example.org' });
    const meeting = await keepMeeting(service.table, { participants: [unwritable] });

    expect(await handOver(deliver, [byMail(meeting)])).toEqual([]);
    expect(await rows(meeting)).toMatchObject([{ state: 'failed', reason: 'InvalidMailAddress' }]);
  });

  test('does not fail the others', async () => {
    const nowhere = participantOf({ id: 'nowhere', email: 'x@nowhere' });
    const meeting = await keepMeeting(service.table, { participants: [nowhere, bob, carol] });
    const jobs = [jobOf({ meetingId: meeting.id, participantId: 'nowhere' }), byMail(meeting), bySms(meeting)];

    expect(await handOver(deliver, jobs)).toEqual([]);
    expect(mails(meeting)).toHaveLength(1);
    expect(messages(meeting)).toHaveLength(1);
  });

  test('fails where the person has no address for the channel', async () => {
    const meeting = await keepMeeting(service.table, {
      participants: [participantOf({ id: 'bob', userId: 'nobody' })],
    });

    expect(await handOver(deliver, [byMail(meeting)])).toEqual([]);
    expect(await rows(meeting)).toMatchObject([{ state: 'failed', reason: 'no-address' }]);
  });
});

describe('a text message whose answer is lost', () => {
  test('counts as sent, and is never sent again', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    aws.faults.order({ service: 'sns', action: 'Publish', kind: 'timeoutAfter', count: 1 });

    expect(await handOver(deliver, [bySms(meeting)])).toEqual([]);
    expect(await handOver(deliver, [bySms(meeting)], { receives: 2 })).toEqual([]);

    expect(messages(meeting)).toHaveLength(1);
    expect(await rows(meeting)).toMatchObject([{ state: 'sent', reason: 'unclear' }]);
  });

  test('is published all the same where the answer that it may leave was lost, and once', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    const { table } = await import('../../functions/runtime/table.ts');
    let lost = 0;
    table().documents.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if (!JSON.stringify(args.input).includes('"sending"') || lost === 1) return answer;
        lost += 1;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      },
      { step: 'initialize', name: 'loseAnswer' },
    );
    const again = await handOver(deliver, [bySms(meeting)]);
    table().documents.middlewareStack.remove('loseAnswer');

    expect({ lost, again, published: messages(meeting).length }).toEqual({ lost: 1, again: [0], published: 0 });
    expect(await rows(meeting)).toMatchObject([{ state: 'claimed', leaseUntil: 0, reason: 'TimeoutError', unsent: 1 }]);
    expect(await handOver(deliver, [bySms(meeting)])).toEqual([]);
    expect(messages(meeting)).toHaveLength(1);
    expect(await rows(meeting)).toMatchObject([{ state: 'sent', messageId: expect.any(String), attempts: 2 }]);
  });

  test('counts as sent where its sender died, and is not sent again', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    const deliveries = deliveryStore(service.table);
    const before = new Date(Date.now() - 60_000);
    await deliveries.claim(bySms(meeting), 'a', before);
    await deliveries.beginSending(bySms(meeting), 'a', before);

    expect(await handOver(deliver, [bySms(meeting)])).toEqual([]);
    expect(messages(meeting)).toHaveLength(0);
    const expiresAt = Math.floor(meeting.validUntil.getTime() / 1_000) + 30 * 86_400;
    expect(await rows(meeting)).toMatchObject([{ state: 'sent', reason: 'unclear', expiresAt }]);
  });
});

describe('what is no longer to be told', () => {
  test('is superseded when a later sequence concerns the person', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    await writeMeeting(service.table, {
      ...meeting,
      revision: 2,
      sequence: 2,
      participants: [{ ...bob, told: 2 }, carol],
    });

    expect(await handOver(deliver, [byMail(meeting)])).toEqual([]);
    expect(mails(meeting)).toHaveLength(0);
    expect(await rows(meeting)).toMatchObject([{ sk: 'DELIVERY#1#email#bob', state: 'superseded' }]);
  });

  test('is superseded when the meeting has gone', async () => {
    expect(await handOver(deliver, [byMail({ id: 'gone' })])).toEqual([]);
    const [row] = await rows({ id: 'gone' });

    expect(row).toMatchObject({ state: 'superseded' });
    expect(row?.expiresAt).toBeGreaterThan(Date.now() / 1_000);
  });

  test('is superseded when the person has gone, or the meeting is over', async () => {
    const ended = new Date(Date.now() - 1_000);
    const without = await keepMeeting(service.table);
    const over = await keepMeeting(service.table, { ...everybody, validUntil: ended });

    expect(await handOver(deliver, [byMail(without), byMail(over)])).toEqual([]);
    expect([...(await rows(without)), ...(await rows(over))].map(({ state }) => state)).toEqual([
      'superseded',
      'superseded',
    ]);
    expect(mails(over)).toHaveLength(0);
  });

  test('is superseded where the user whom it was for has been deleted', async () => {
    await keepUser(service.table, { id: 'eve-id', username: 'eve', email: 'eve@example.org' });
    await directory(service.table).remove('eve-id', new Date());
    const meeting = await keepMeeting(service.table, {
      participants: [participantOf({ id: 'bob', userId: 'eve-id' })],
    });
    expect(await handOver(deliver, [byMail(meeting)])).toEqual([]);

    expect(await rows(meeting)).toMatchObject([{ state: 'superseded' }]);
    expect(mails(meeting)).toEqual([]);
  });

  test('is a cancellation of what was given up before it left, unless that may have left all the same', async () => {
    const cancelled = { ...everybody, status: 'cancelled', revision: 2, sequence: 2 } as const;
    const told = [{ ...bob, told: 2 }];
    for (const [unsent, state] of [
      [true, 'superseded'],
      [false, 'sent'],
    ] as const) {
      const meeting = await keepMeeting(service.table, { ...cancelled, participants: told });
      const invitation = byMail(meeting);
      await deliveryStore(service.table).claim(invitation, 'a', new Date());
      const job = { ...invitation, sequence: 2, reached: true, reachedBy: ['DELIVERY#1#email#bob'] };
      if (unsent) await deliveryStore(service.table).finish(invitation, { state: 'superseded' }, new Date(), 9e9);
      expect(await handOver(deliver, [job])).toEqual([]);

      expect((await rows(meeting)).at(-1)).toMatchObject({ sk: 'DELIVERY#2#email#bob', state });
      expect(mails(meeting)).toHaveLength(unsent ? 0 : 1);
    }
  });

  test('is a reminder of a start that was moved, or that has passed', async () => {
    const meeting = await keepMeeting(service.table, everybody);
    const begun = await keepMeeting(service.table, { ...everybody, validSince: new Date(Date.now() - 1_000) });
    const moved = new Date(meeting.validSince.getTime() - 1_000);
    const jobs = [reminderJobOf({ id: meeting.id, validSince: moved }), reminderJobOf(begun, organizerParticipantId)];

    expect(await handOver(deliver, jobs)).toEqual([]);
    expect(await rows(meeting)).toMatchObject([{ state: 'superseded' }]);
    expect(await rows(begun)).toMatchObject([{ state: 'superseded' }]);
  });
});

describe('a message that is no job', () => {
  test.each(['', 'not JSON', '{}', JSON.stringify({ ...byMail({ id: 'x' }), more: 1 })])(
    'goes back alone: %j',
    async (poison) => {
      const meeting = await keepMeeting(service.table, everybody);

      expect(await handOver(deliver, [poison, byMail(meeting)])).toEqual([0]);
      expect(mails(meeting)).toHaveLength(1);
      expect(log.of('A message of the delivery queue is no job')).toMatchObject([
        { level: 'error', messageId: 'message-0' },
      ]);
    },
  );
});

test('a meeting that cannot be read brings all its messages back, and no others', async () => {
  const [meeting, other] = [await keepMeeting(service.table, everybody), await keepMeeting(service.table, everybody)];
  await writeMeeting(service.table, { ...meeting, status: 'of a newer version' as never });

  expect(await handOver(deliver, [byMail(meeting), byMail(other), bySms(meeting)])).toEqual([0, 2]);
  expect(mails(other)).toHaveLength(1);
  expect(log.of('Deliveries failed')).toMatchObject([{ level: 'error', meetingId: meeting.id }]);
});
