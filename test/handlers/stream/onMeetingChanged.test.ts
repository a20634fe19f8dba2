import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliveryStore } from '../../../functions/deliveries/deliveryStore.ts';
import type { Job } from '../../../functions/deliveries/job.ts';
import { listingPrefix } from '../../../functions/meetings/listings/listing.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { meetingKey } from '../../../functions/meetings/meetingStore.ts';
import { getRow, queryRows, writeRows } from '../../../functions/runtime/table.ts';
import { directory } from '../../../functions/users/directoryStore.ts';
import { addressKey } from '../../../functions/users/userRows.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { keepMeeting, takeJobs, writeMeeting } from '../../deliveries/deliveries.ts';
import { keepUser } from '../../deliveries/users.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { participantOf } from '../../meetings/meetings.ts';
import { startService, type TestService } from '../../service.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
let follow: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

const bob = participantOf({ id: 'bob', userId: 'bob-id' });
const carol = participantOf({ id: 'carol', email: 'Carol@Example.org' });
const dave = participantOf({ id: 'dave', phone: '+34600000004' });

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  log = catchLog();
  ({ handler: follow } = await import('../../../functions/handlers/stream/onMeetingChanged.handler.ts'));
  await keepUser(service.table, { id: 'alice-id', username: 'alice', email: 'alice@example.org' });
  await keepUser(service.table, { id: 'bob-id', username: 'bob', email: 'bob@example.org', phone: '+34600000002' });
  await keepUser(service.table, { id: 'carol-id', username: 'carol', email: 'carol@example.org' });
});

beforeEach(() => {
  aws.faults.clear();
  log.clear();
  takeJobs(aws.queue);
});

afterAll(async () => {
  log.stop();
  await service.stop();
  await aws.stop();
});

let records = 0;

/** A record of the stream, as DynamoDB writes it. */
async function recordOf({ id }: Pick<Meeting, 'id'>, before?: Meeting) {
  records += 1;
  const row = await getRow(service.table, meetingKey(id));
  const image = (fields: object) => marshall({ ...meetingKey(id), ...JSON.parse(JSON.stringify(fields)) });
  return {
    eventID: String(records),
    eventName: before ? ('MODIFY' as const) : ('INSERT' as const),
    dynamodb: {
      Keys: marshall(meetingKey(id)),
      SequenceNumber: String(records).padStart(21, '0'),
      StreamViewType: 'NEW_AND_OLD_IMAGES' as const,
      ...(row ? { NewImage: image(row) } : {}),
      ...(before ? { OldImage: image(before) } : {}),
    },
  };
}

async function followed(...written: [meeting: Pick<Meeting, 'id'>, before?: Meeting][]) {
  const Records = await Promise.all(written.map(([meeting, before]) => recordOf(meeting, before)));
  return { Records, reply: await follow({ Records } as never) };
}

async function listedFor(userId: string, meeting: Meeting) {
  const rows: Record<string, unknown>[] = [];
  for await (const row of queryRows(service.table, `USER#${userId}`, listingPrefix)) rows.push(row);
  return rows.filter(({ meetingId, gone }) => meetingId === meeting.id && gone === undefined);
}

async function change(meeting: Meeting, changes: Partial<Meeting>): Promise<Meeting> {
  const changed = { ...meeting, revision: meeting.revision + 1, sequence: meeting.sequence + 1, ...changes };
  await writeMeeting(service.table, changed);
  return changed;
}

const owed = (jobs: readonly Job[]) => jobs.map(({ channel, participantId }) => `${channel} ${participantId}`).sort();

async function changedFor(userId: string, meeting: Meeting): Promise<number> {
  const rows: Record<string, unknown>[] = [];
  for await (const row of queryRows(service.table, `USER#${userId}`, 'CHANGED#')) rows.push(row);
  return rows.filter(({ meetingId }) => meetingId === meeting.id).length;
}

describe('whoever polls', () => {
  test('hears of a meeting that is new, that has changed, and that they have left, as its organizer too', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob, carol] });
    await followed([meeting]);
    for (const userId of ['alice-id', 'bob-id', 'carol-id']) expect(await changedFor(userId, meeting)).toBe(1);
    const without = await change(meeting, { participants: [carol], removed: [{ ...bob, told: 2 }] });
    await followed([without, meeting]);
    for (const userId of ['alice-id', 'bob-id', 'carol-id']) expect(await changedFor(userId, meeting)).toBe(2);
    const renamed = await change(without, { name: 'Renamed' });
    await followed([renamed, without]);
    expect(await changedFor('bob-id', meeting), 'who is off it hears no more').toBe(2);
    expect(await changedFor('carol-id', meeting)).toBe(3);
  });
});

describe('a new meeting', () => {
  test('is listed for those who attend it and are users, by id or address, and owed to all', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob, carol, dave] });
    const { reply } = await followed([meeting]);

    expect(reply).toEqual({ batchItemFailures: [] });
    expect(owed(takeJobs(aws.queue))).toEqual(['email bob', 'email carol', 'sms bob', 'sms dave']);
    for (const userId of ['bob-id', 'carol-id']) {
      expect(await listedFor(userId, meeting)).toMatchObject([
        { sk: `MEETING#${meeting.validSince.toISOString()}#${meeting.id}`, role: 'participant' },
      ]);
    }
    expect(await listedFor('alice-id', meeting)).toEqual([]);
  });

  test('gets one schedule, before its start', async () => {
    const meeting = await keepMeeting(service.table);
    await followed([meeting]);
    await followed([meeting]);

    const due = new Date(meeting.validSince.getTime() - 600_000).toISOString().slice(0, 19);
    expect(aws.schedules.all().filter(({ Name }) => Name === meeting.id)).toMatchObject([
      { ScheduleExpression: `at(${due})`, GroupName: 'reminders' },
    ]);
  });

  test('owes nothing more once all was sent, however often it is followed', async () => {
    const meeting = await keepMeeting(service.table, { participants: [carol] });
    await followed([meeting]);
    const [job] = takeJobs(aws.queue);
    if (!job) throw new Error('nothing is owed');
    await deliveryStore(service.table).claim(job, 'a', new Date());
    await deliveryStore(service.table).finish(job, { state: 'sent' }, new Date(), 9e9);
    await followed([meeting]);

    expect(takeJobs(aws.queue)).toEqual([]);
  });
});

describe('a meeting that changed', () => {
  test('leaves the listing of whoever was taken off, and no other', async () => {
    const before = await keepMeeting(service.table, { participants: [bob, carol] });
    await followed([before]);
    const meeting = await change(before, { participants: [carol], removed: [{ ...bob, told: 2 }] });
    await followed([meeting, before]);

    expect(await listedFor('bob-id', meeting)).toEqual([]);
    expect(await listedFor('carol-id', meeting)).toHaveLength(1);
  });

  test('is listed as it is now, with its revision and how many take part', async () => {
    const before = await keepMeeting(service.table, { participants: [bob, carol] });
    await followed([before]);
    const meeting = await change(before, { name: 'Planning 2', participants: [bob, carol, dave] });
    await followed([meeting, before]);

    for (const userId of ['bob-id', 'carol-id'])
      expect(await listedFor(userId, meeting)).toMatchObject([
        { name: 'Planning 2', revision: 2, participantCount: 3, organizerId: 'alice-id', key: meeting.key },
      ]);
  });

  test('leaves a mark for two days where it was listed, and none of whoever was erased', async () => {
    const erased = participantOf({ id: 'erased', email: 'erased@example.org' });
    const before = await keepMeeting(service.table, { participants: [dave, erased] });
    await followed([before]);
    const meeting = await change(before, { participants: [], removed: [{ ...dave, told: 2 }] });
    const [earliest] = [Math.floor(Date.now() / 1_000)];
    await followed([meeting, before]);
    const sk = `MEETING#${meeting.validSince.toISOString()}#${meeting.id}`;
    const mark = await getRow(service.table, { pk: addressKey('+34600000004').pk, sk });

    expect(mark).toEqual({
      ...{ pk: 'PHONE#+34600000004', sk, meetingId: meeting.id, revision: 2, gone: true },
      expiresAt: expect.any(Number),
    });
    expect(Number(mark?.expiresAt) - earliest - 2 * 86_400).toBeOneOf([0, 1, 2, 3, 4, 5]);
    expect(await getRow(service.table, { pk: 'EMAIL#erased@example.org', sk })).toBeUndefined();
  });

  test('stays listed for whoever is named otherwise from now on', async () => {
    const before = await keepMeeting(service.table, { participants: [bob] });
    await followed([before]);
    const byAddress = participantOf({ id: 'bob-2', email: 'bob@example.org' });
    const meeting = await change(before, { participants: [byAddress], removed: [{ ...bob, told: 2 }] });
    const { reply } = await followed([meeting, before]);

    expect(reply).toEqual({ batchItemFailures: [] });
    expect(await listedFor('bob-id', meeting)).toHaveLength(1);
  });

  test('that moved is listed at its new start alone, also where records come late or twice', async () => {
    const first = await keepMeeting(service.table, { participants: [bob] });
    await followed([first]);
    const second = await change(first, { validSince: new Date(first.validSince.getTime() + 60_000) });
    const third = await change(second, { validSince: new Date(first.validSince.getTime() + 120_000) });
    await followed([third, first], [third, second]);
    await followed([third, first]);

    const entries = await listedFor('bob-id', third);
    expect(entries.map(({ sk }) => sk)).toEqual([`MEETING#${third.validSince.toISOString()}#${third.id}`]);
  });

  test('that moved and came back stays listed', async () => {
    const first = await keepMeeting(service.table, { participants: [bob] });
    const second = { ...first, validSince: new Date(first.validSince.getTime() + 60_000) };
    await followed([first, second], [first, first]);

    expect(await listedFor('bob-id', first)).toHaveLength(1);
  });

  test('that was cancelled loses its schedule, and owes a cancellation to whom it may have reached', async () => {
    const before = await keepMeeting(service.table, { participants: [bob, carol] });
    await followed([before]);
    const jobs = takeJobs(aws.queue);
    const claimed = jobs.find(({ participantId }) => participantId === 'carol');
    if (claimed) await deliveryStore(service.table).claim(claimed, 'a', new Date());
    const told = before.participants.map((person) => ({ ...person, told: 2 }));
    const meeting = await change(before, { status: 'cancelled', participants: told });
    await followed([meeting, before]);

    // Held back until the invitation, which may be leaving at this moment, has left.
    expect(takeJobs(aws.queue)).toEqual([]);
    const [held, ...others] = aws.queue.messages();
    expect(others).toEqual([]);
    expect(JSON.parse(held?.body ?? '')).toMatchObject({ participantId: 'carol', sequence: 2, reached: true });
    expect((held?.visibleAt ?? 0) - (held?.sentAt ?? 0)).toBeGreaterThan(40_000);
    expect(aws.schedules.all().filter(({ Name }) => Name === meeting.id)).toEqual([]);
  });
});

describe('an address that was invited', () => {
  const invitedTo = async (address: string, { id }: Meeting) => {
    const starts: string[] = [];
    for await (const { sk, meetingId, gone } of queryRows(service.table, addressKey(address).pk, listingPrefix))
      if (meetingId === id && !gone) starts.push(String(sk).slice(listingPrefix.length, -id.length - 1));
    return starts;
  };

  test('has an entry for the meeting, which moves with it, and goes when it is taken off', async () => {
    const first = await keepMeeting(service.table, { participants: [carol, dave] });
    await followed([first]);
    expect(await invitedTo('carol@example.org', first)).toEqual([first.validSince.toISOString()]);

    const moved = await change(first, { validSince: new Date(first.validSince.getTime() + 60_000) });
    await followed([moved, first]);
    expect(await invitedTo('carol@example.org', first)).toEqual([moved.validSince.toISOString()]);
    expect(await invitedTo('+34600000004', first)).toEqual([moved.validSince.toISOString()]);

    const without = await change(moved, { participants: [dave], removed: [{ ...carol, told: 3 }] });
    await followed([without, moved]);
    expect(await invitedTo('carol@example.org', first)).toEqual([]);
    expect(await invitedTo('+34600000004', first)).toHaveLength(1);
  });
});

describe('a user who was deleted while they were being invited', () => {
  test.each([{ userId: 'eve-id' }, { email: 'eve@example.org' }])(
    'by %j is taken out, and told nothing',
    async (named) => {
      const users = directory(service.table);
      const eve = { id: `eve-${Math.random()}`, username: 'eve', email: 'eve@example.org' };
      await keepUser(service.table, eve);
      await users.remove(eve.id, new Date());
      const invited = participantOf({ id: 'eve', ...named, ...(named.userId ? { userId: eve.id } : {}) });
      const meeting = await keepMeeting(service.table, { participants: [invited, dave] });
      await followed([meeting]);
      expect(takeJobs(aws.queue)).toEqual([]);
      const now = await getRow(service.table, meetingKey(meeting.id));
      expect(now).toMatchObject({ revision: 2, sequence: 1, participants: [{ id: 'dave' }] });
      await followed([meeting, meeting]);

      expect(owed(takeJobs(aws.queue))).toEqual(['sms dave']);
      expect(await listedFor(eve.id, meeting)).toEqual([]);
      await users.erase(eve.id, new Date());
    },
  );
});

describe('a meeting whose reminder is due when it is followed', () => {
  test('loses the schedule of the later start that it had before', async () => {
    const before = await keepMeeting(service.table, { participants: [bob] });
    await followed([before]);
    expect(aws.schedules.get('reminders', before.id)).toBeDefined();
    const meeting = await change(before, { validSince: new Date(Date.now() + 300_000) });
    await followed([meeting, before]);

    expect(aws.schedules.get('reminders', meeting.id)).toBeUndefined();
  });
});

describe('a meeting whose organizer was deleted', () => {
  const leaving = { username: 'alice', email: 'alice@example.org', leaving: true };
  const told = { ...carol, told: 2 };

  async function cancelledMeeting(): Promise<Meeting> {
    const before = await keepMeeting(service.table, { participants: [carol] });
    await followed([before]);
    for (const job of takeJobs(aws.queue)) {
      await deliveryStore(service.table).claim(job, 'a', new Date());
      await deliveryStore(service.table).finish(job, { state: 'sent' }, new Date(), 9e9);
    }
    return change(before, { status: 'cancelled', participants: [told], organizer: leaving });
  }

  test('is forgotten by it once the cancellations are queued, which name them', async () => {
    const meeting = await cancelledMeeting();
    await followed([meeting]);

    const [job, ...others] = takeJobs(aws.queue);
    expect(others).toEqual([]);
    expect(job).toMatchObject({ sequence: 2, organizer: { username: 'alice', email: 'alice@example.org' } });
    const forgotten = await getRow(service.table, meetingKey(meeting.id));
    expect(forgotten).not.toHaveProperty('organizer');
    expect(forgotten).toMatchObject({ revision: 3, sequence: 2 });
  });

  test('is not cancelled in the name of nobody, however often it is followed', async () => {
    const meeting = await cancelledMeeting();
    await followed([meeting]);
    takeJobs(aws.queue);
    await followed([meeting]);

    expect(takeJobs(aws.queue)).toEqual([]);
  });

  test('is remembered where the queue did not take them', async () => {
    const meeting = await cancelledMeeting();
    aws.faults.order({ service: 'sqs', kind: 'error500' });
    await followed([meeting]);
    expect(await getRow(service.table, meetingKey(meeting.id))).toMatchObject({ organizer: leaving });
    aws.faults.clear();
    await followed([meeting]);

    expect(takeJobs(aws.queue)).toMatchObject([{ organizer: { email: 'alice@example.org' } }]);
  });
});

describe('of several meetings', () => {
  test('one that fails is tried again, the others are followed', async () => {
    const [broken, whole] = [
      await keepMeeting(service.table),
      await keepMeeting(service.table, { participants: [bob] }),
    ];
    await writeRows(service.table, [{ ...meetingKey(broken.id), id: broken.id }]);
    const { Records, reply } = await followed([broken], [whole], [broken]);

    expect(reply).toEqual({ batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb.SequenceNumber }] });
    expect(owed(takeJobs(aws.queue))).toEqual(['email bob', 'sms bob']);
    expect(log.of('Meeting change not followed')).toMatchObject([{ meetingId: broken.id }]);
  });

  test('one that has gone is nothing to do', async () => {
    const { reply } = await followed([{ id: 'gone' }]);

    expect(reply).toEqual({ batchItemFailures: [] });
  });
});

test('a meeting that must send no invitation says so, and lists and reminds all the same', async () => {
  const meeting = await keepMeeting(service.table, { participants: [bob], sendInvitations: false });
  await followed([meeting]);

  expect(takeJobs(aws.queue)).toEqual([]);
  expect(log.of('Cannot send the meeting invitation, not available')).toMatchObject([
    { level: 'warn', meetingId: meeting.id },
  ]);
  expect(await listedFor('bob-id', meeting)).toHaveLength(1);
  expect(aws.schedules.get('reminders', meeting.id)).toBeDefined();
});

describe('that somebody cannot be reached', () => {
  async function marked({ id }: Pick<Meeting, 'id'>) {
    const Keys = marshall({ pk: `MEETING#${id}`, sk: 'UNREACHABLE' });
    records += 1;
    const dynamodb = { Keys, SequenceNumber: String(records).padStart(21, '0'), NewImage: Keys };
    const before = aws.queue.messages().length;
    const reply = await follow({ Records: [{ eventID: String(records), eventName: 'INSERT', dynamodb }] } as never);
    expect(reply).toEqual({ batchItemFailures: [] });
    return aws.queue.messages().slice(before);
  }

  test('is told to the organizer ten minutes later, when what else comes back has come', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob] });
    const [message, ...others] = await marked(meeting);

    expect(others).toEqual([]);
    expect(JSON.parse(message?.body ?? '')).toEqual({
      kind: 'unreachable',
      meetingId: meeting.id,
      participantId: 'organizer',
      channel: 'email',
      waitSeconds: 600,
    });
    expect((message?.visibleAt ?? 0) - (message?.sentAt ?? 0)).toBe(600_000);
  });

  test('is nobody’s news where the meeting is cancelled, not known, or its organizer has no address', async () => {
    expect(await marked(await keepMeeting(service.table, { status: 'cancelled' }))).toEqual([]);
    expect(await marked({ id: 'nobody’s' })).toEqual([]);
    await keepUser(service.table, { id: 'dan-id', username: 'dan' });
    expect(await marked(await keepMeeting(service.table, { organizerId: 'dan-id' }))).toEqual([]);
    expect(await marked(await keepMeeting(service.table, { organizerId: 'gone-id' }))).toEqual([]);
  });
});

describe('somebody who waits where no host is there', () => {
  async function waitedFor({ id }: Meeting, start: Date) {
    const Keys = marshall({ pk: `MEETING#${id}`, sk: `WAITING#${start.toISOString()}` });
    records += 1;
    const dynamodb = { Keys, SequenceNumber: String(records).padStart(21, '0'), NewImage: Keys };
    const reply = await follow({ Records: [{ eventID: String(records), eventName: 'INSERT', dynamodb }] } as never);
    expect(reply).toEqual({ batchItemFailures: [] });
    return takeJobs(aws.queue);
  }

  test('is told to the organizer alone, of the start that they came for', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob], lobby: true });
    expect(await waitedFor(meeting, meeting.validSince)).toEqual([
      {
        kind: 'waiting',
        meetingId: meeting.id,
        participantId: 'organizer',
        channel: 'email',
        start: meeting.validSince.toISOString(),
      },
    ]);
  });

  test('is told by no text message, which whoever knocks would cause', async () => {
    const meeting = await keepMeeting(service.table, { organizerId: 'bob-id', lobby: true });
    expect(owed(await waitedFor(meeting, meeting.validSince))).toEqual(['email organizer']);
  });

  test('is nobody’s news where the meeting was moved, cancelled, is over, or is not known', async () => {
    const meeting = await keepMeeting(service.table, { lobby: true });
    expect(await waitedFor(meeting, new Date(meeting.validSince.getTime() - 60_000))).toEqual([]);
    const cancelled = await keepMeeting(service.table, { status: 'cancelled' });
    expect(await waitedFor(cancelled, cancelled.validSince)).toEqual([]);
    const [validSince, validUntil] = [new Date(Date.now() - 7_200_000), new Date(Date.now() - 3_600_000)];
    expect(await waitedFor(await keepMeeting(service.table, { validSince, validUntil }), validSince)).toEqual([]);
    expect(await waitedFor({ ...meeting, id: 'nobody’s' }, meeting.validSince)).toEqual([]);
  });

  test('is told beside what follows a meeting that was written meanwhile', async () => {
    const meeting = await keepMeeting(service.table, { participants: [bob], lobby: true });
    const written = await recordOf(meeting);
    const Keys = marshall({ pk: `MEETING#${meeting.id}`, sk: `WAITING#${meeting.validSince.toISOString()}` });
    const waits = { eventName: 'INSERT', dynamodb: { Keys, SequenceNumber: '9'.repeat(21) } };
    await follow({ Records: [waits, written] } as never);
    expect(owed(takeJobs(aws.queue))).toEqual(['email bob', 'email organizer', 'sms bob']);
  });
});
