import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deliveryKey } from '../../functions/deliveries/delivery.ts';
import { deliveryStore } from '../../functions/deliveries/deliveryStore.ts';
import { listingKey } from '../../functions/meetings/listings/listing.ts';
import { listingStore } from '../../functions/meetings/listings/listingStore.ts';
import { meetingKey } from '../../functions/meetings/meetingStore.ts';
import { getRow, type Key, writeRows } from '../../functions/runtime/table.ts';
import { userKey } from '../../functions/users/userRows.ts';
import { startAws, type TestAws } from '../aws.ts';
import { jobOf, keepMeeting, takeJobs } from '../deliveries/deliveries.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { participantOf } from '../meetings/meetings.ts';
import { alice, bob, type Call, type Claims, call, startService, type TestService } from '../service.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
const doors: Record<string, (options: Call) => ReturnType<typeof call>> = {};
let follow: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

beforeAll(async () => {
  aws = await startAws();
  service = await startService();
  log = catchLog();
  const handlers = {
    create: await import('../../functions/handlers/http/meetings/createMeeting.handler.ts'),
    read: await import('../../functions/handlers/http/meetings/readMeeting.handler.ts'),
    patch: await import('../../functions/handlers/http/meetings/patchMeeting.handler.ts'),
    list: await import('../../functions/handlers/http/meetings/listMeetings.handler.ts'),
    invitations: await import('../../functions/handlers/http/meetings/readInvitations.handler.ts'),
    me: await import('../../functions/handlers/http/users/patchMe.handler.ts'),
    putDevice: await import('../../functions/handlers/http/users/putDevice.handler.ts'),
    devices: await import('../../functions/handlers/http/users/listDevices.handler.ts'),
  };
  for (const [name, { handler }] of Object.entries(handlers)) {
    doors[name] = (options) => call(handler as never, { claims: alice, ...options });
  }
  ({ handler: follow } = await import('../../functions/handlers/stream/onMeetingChanged.handler.ts'));
});

afterEach(() => log.clear());

afterAll(async () => {
  log.stop();
  await service.stop();
  await aws.stop();
});

const use = (name: string, options: Call = {}) => doors[name]?.(options) ?? Promise.reject(new Error(name));

/** Sets a field of a row as a release would that knows more than this one. */
async function set(key: Key, field: string, value: unknown): Promise<void> {
  await service.table.documents.send(
    new UpdateCommand({
      TableName: service.table.name,
      Key: { ...key },
      UpdateExpression: `SET ${field
        .split('.')
        .map((name) => (/^\d+$/.test(name) ? `[${name}]` : `#${name}`))
        .join('.')
        .replaceAll('.[', '[')} = :value`,
      ExpressionAttributeNames: Object.fromEntries(
        field
          .split('.')
          .filter((name) => !/^\d+$/.test(name))
          .map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}

async function schedule(name: string): Promise<string> {
  const body = { name, participants: [{ email: 'ana@example.org', name: 'Ana' }], validSince: '2027-03-01T10:00:00Z' };
  const { status, body: meeting } = await use('create', { body });
  expect(status).toBe(201);
  return meeting.id;
}

describe('fields that this release does not know', () => {
  test('of a meeting and its people outlive a PATCH', async () => {
    const id = await schedule('Planning');
    await set(meetingKey(id), 'colour', 7);
    await set(meetingKey(id), 'participants.0.role', 'cohost');
    const { body } = await use('read', { path: { id } });
    const participants = [{ ...body.participants[0], name: 'Anna' }, { email: 'bob@example.org' }];
    const { status } = await use('patch', { path: { id }, body: { name: 'Planning 2', participants } });

    expect(status).toBe(200);
    expect(await getRow(service.table, meetingKey(id))).toMatchObject({
      name: 'Planning 2',
      revision: 2,
      colour: 7,
      participants: [{ name: 'Anna', role: 'cohost' }, { email: 'bob@example.org' }],
    });
  });

  test('of a user outlive a change of their profile', async () => {
    await use('me', { body: { language: 'ca' } });
    await set(userKey('alice-id'), 'name', 'Alice Liddell');
    const { status } = await use('me', { body: { language: 'es' } });

    expect(status).toBe(200);
    expect(await getRow(service.table, userKey('alice-id'))).toMatchObject({ language: 'es', name: 'Alice Liddell' });
  });
});

describe('a meeting of a status that this release does not know', () => {
  test('is said by its id in a list, which holds all others', async () => {
    const [known, unknown] = [await schedule('Known'), await schedule('Unknown')];
    const entry = listingKey({ id: unknown, validSince: new Date('2027-03-01T10:00:00Z') }, 'alice-id');
    for (const key of [meetingKey(unknown), entry]) await set(key, 'status', 'tentative');
    const { status, body } = await use('list', { query: { limit: '100' } });

    expect(status).toBe(200);
    expect(body.unreadable).toEqual([unknown]);
    const listed = body.meetings.map(({ id }: { id: string }) => id);
    expect(listed).toContain(known);
    expect(listed).not.toContain(unknown);
    expect(log.of('Meeting left out of a list')).toMatchObject([
      {
        level: 'error',
        meetingId: unknown,
        error: { message: `Cannot read status of the row ${entry.pk} ${entry.sk}` },
      },
    ]);
  });

  test('is said in the list of whoever it names once its row alone has been followed, and listed when it can be read', async () => {
    const body = {
      name: 'Row alone',
      participants: [{ userId: 'bob-id' }, { email: 'eva@example.org' }],
      validSince: '2027-03-02T10:00:00Z',
    };
    await use('me', { claims: bob, body: { language: 'es' } });
    const { id } = (await use('create', { body })).body;
    const Records = [{ dynamodb: { Keys: marshall(meetingKey(id)), SequenceNumber: '1' } }];
    const eva = { ...bob, sub: 'eva-id', 'cognito:username': 'eva', email: 'eva@example.org', email_verified: 'true' };
    await follow({ Records } as never);
    const listed = async (claims: Claims) => {
      const { status, body: page } = await use('list', { claims, query: { from: '2027-03-02T10:00:00Z' } });
      expect(status).toBe(200);
      return { meetings: page.meetings.map((one: { id: string }) => one.id), unreadable: page.unreadable };
    };
    await set(meetingKey(id), 'status', 'tentative');
    expect(await follow({ Records } as never)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });

    for (const claims of [alice, bob, eva]) expect(await listed(claims)).toEqual({ meetings: [], unreadable: [id] });
    await set(meetingKey(id), 'status', 'scheduled');
    for (const claims of [alice, bob, eva])
      expect(await listed(claims)).toEqual({ meetings: [id], unreadable: undefined });
  });

  test('lists it for nobody else, nor for whoever was taken off', async () => {
    const people = [{ email: 'ana@example.org' }];
    const body = {
      name: 'Taken off',
      participants: [...people, { userId: 'bob-id' }],
      validSince: '2027-03-03T10:00:00Z',
    };
    const { id } = (await use('create', { body })).body;
    const before = await getRow(service.table, meetingKey(id));
    const key = { Keys: marshall(meetingKey(id)) };
    await follow({ Records: [{ dynamodb: { ...key, SequenceNumber: '1' } }] } as never);
    await use('patch', { path: { id }, body: { participants: people } });
    const OldImage = marshall(before ?? {}, { removeUndefinedValues: true });
    await follow({ Records: [{ dynamodb: { ...key, SequenceNumber: '2', OldImage } }] } as never);
    const place = { id, validSince: new Date('2027-03-03T10:00:00Z') };
    await listingStore(service.table).doubt([listingKey(place, 'bob-id'), listingKey(place, 'nobody')]);

    expect(await getRow(service.table, listingKey(place, 'bob-id'))).toMatchObject({ gone: true });
    expect(await getRow(service.table, listingKey(place, 'bob-id'))).not.toHaveProperty('doubted');
    expect(await getRow(service.table, listingKey(place, 'nobody'))).toBeUndefined();
  });

  test('is refused in words that are true', async () => {
    const id = await schedule('Unknown');
    await set(meetingKey(id), 'status', 'tentative');
    const { status, headers, body } = await use('read', { path: { id } });

    expect(status).toBe(500);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toEqual({
      type: '/docs/problems.md#unreadable-row',
      title: 'The service cannot read what it keeps',
      status: 500,
      code: 'unreadable-row',
      detail: 'Another release of the service wrote what this call needs, and this one cannot read it.',
      instance: expect.stringMatching(/^urn:request:.+/),
    });
  });

  test('holds up no other meeting of its batch in the stream', async () => {
    const known = await keepMeeting(service.table, {
      participants: [participantOf({ id: 'a', email: 'a@example.org' })],
    });
    const unknown = await keepMeeting(service.table);
    await set(meetingKey(unknown.id), 'status', 'tentative');
    takeJobs(aws.queue);
    const record = (id: string, number: string, image: object = {}) => ({
      dynamodb: { Keys: marshall(meetingKey(id)), SequenceNumber: number, ...image },
    });
    const Records = [
      record(unknown.id, '1', { OldImage: { id: { S: unknown.id }, participants: { N: '5' } } }),
      record(known.id, '2'),
    ];

    expect(await follow({ Records } as never)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(takeJobs(aws.queue)).toMatchObject([{ meetingId: known.id, participantId: 'a', channel: 'email' }]);
  });
});

describe('a delivery that another release wrote', () => {
  const people = ['ana', 'bea'].map((id) => participantOf({ id, email: `${id}@example.org` }));

  test('in a state that is not known is left alone and shown as unknown; the others go on', async () => {
    const meeting = await keepMeeting(service.table, { participants: people });
    const job = jobOf({ meetingId: meeting.id, participantId: 'ana' });
    const deliveries = deliveryStore(service.table);
    await deliveries.claim(job, 'a', new Date());
    await set(deliveryKey(job), 'state', 'deferred');
    const { status, body } = await use('invitations', { path: { id: meeting.id } });

    expect(status).toBe(200);
    expect(body.participants.map(({ deliveries }: { deliveries: { state: string }[] }) => deliveries)).toEqual([
      [expect.objectContaining({ channel: 'email', state: 'unknown', attempts: 1 })],
      [{ kind: 'invitation', channel: 'email', sequence: 1, state: 'pending', attempts: 0 }],
    ]);
    expect(await deliveries.claim(job, 'a', new Date(Date.now() + 3_600_000))).toBe('finished');
  });

  test('about something that is not known leaves the meeting’s own deliveries as they are', async () => {
    const meeting = await keepMeeting(service.table, { participants: people });
    const sk = 'DELIVERY#UNREACHABLE#email#organizer';
    const row = { pk: `MEETING#${meeting.id}`, sk, state: 'sent', leaseUntil: 0, attempts: 1, updated: 'x' };
    await writeRows(service.table, [row]);
    const { status, body } = await use('invitations', { path: { id: meeting.id } });

    expect(status).toBe(200);
    expect(body.organizer).toEqual({ userId: 'alice-id', deliveries: [] });
    expect(log.of('Delivery left out')).toMatchObject([
      { level: 'error', error: { message: `Cannot read sk of the row MEETING#${meeting.id} ${sk}` } },
    ]);
  });
});

test('a device of a platform that this release does not know is shown, and hinders no other', async () => {
  await use('putDevice', { path: { id: 'watch' }, body: { platform: 'fcm', token: 'token-of-the-watch' } });
  await set({ pk: 'USER#alice-id', sk: 'DEVICE#watch' }, 'platform', 'hms');
  const other = { path: { id: 'phone' }, body: { platform: 'fcm', token: 'token-of-the-phone' } };

  expect((await use('putDevice', other)).status).toBe(200);
  expect((await use('devices')).body.devices).toMatchObject([
    { id: 'phone', platform: 'fcm' },
    { id: 'watch', platform: 'hms' },
  ]);
});
