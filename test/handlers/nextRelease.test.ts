import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliveryKey } from '../../functions/deliveries/delivery.ts';
import { deliveryStore } from '../../functions/deliveries/deliveryStore.ts';
import { listingKey } from '../../functions/meetings/listings/listing.ts';
import { listingStore } from '../../functions/meetings/listings/listingStore.ts';
import { meetingKey } from '../../functions/meetings/meetingStore.ts';
import { getRow, type Key, writeRows } from '../../functions/runtime/table.ts';
import { deviceStore } from '../../functions/users/deviceStore.ts';
import { directory } from '../../functions/users/directoryStore.ts';
import { addressKey, userKey } from '../../functions/users/userRows.ts';
import { startAws, type TestAws } from '../aws.ts';
import { deliveryRows, handOver, jobOf, keepMeeting, takeJobs } from '../deliveries/deliveries.ts';
import { catchLog, type LogLines } from '../logLines.ts';
import { participantOf } from '../meetings/meetings.ts';
import { alice, bob, type Call, type Claims, call, root, startService, type TestService } from '../service.ts';

let aws: TestAws;
let service: TestService;
let log: LogLines;
const doors: Record<string, (options: Call) => ReturnType<typeof call>> = {};
let deliver: Parameters<typeof handOver>[0];
let followUser: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
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
    deleteDevice: await import('../../functions/handlers/http/users/deleteDevice.handler.ts'),
    users: await import('../../functions/handlers/http/users/listUsers.handler.ts'),
    room: await import('../../functions/handlers/http/rooms/openRoom.handler.ts'),
  };
  for (const [name, { handler }] of Object.entries(handlers)) {
    doors[name] = (options) => call(handler as never, { claims: alice, ...options });
  }
  ({ handler: deliver } = await import('../../functions/handlers/queue/deliver.handler.ts'));
  ({ handler: followUser } = await import('../../functions/handlers/stream/onUserChanged.handler.ts'));
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
    await set(meetingKey(id), 'participants.0.badge', 'gold');
    const { body } = await use('read', { path: { id } });
    const participants = [{ ...body.participants[0], name: 'Anna' }, { email: 'bob@example.org' }];
    const { status } = await use('patch', { path: { id }, body: { name: 'Planning 2', participants } });

    expect(status).toBe(200);
    expect(await getRow(service.table, meetingKey(id))).toMatchObject({
      name: 'Planning 2',
      revision: 2,
      colour: 7,
      participants: [{ name: 'Anna', badge: 'gold' }, { email: 'bob@example.org' }],
    });
  });

  test('of a user outlive a change of their profile', async () => {
    await use('me', { body: { language: 'ca' } });
    await set(userKey('alice-id'), 'nickname', 'Alice Liddell');
    const { status } = await use('me', { body: { language: 'es' } });

    expect(status).toBe(200);
    expect(await getRow(service.table, userKey('alice-id'))).toMatchObject({
      language: 'es',
      nickname: 'Alice Liddell',
    });
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

  test('in a field that cannot be read comes again by itself; the others are sent', async () => {
    const meeting = await keepMeeting(service.table, { participants: people });
    const [anas, beas] = ['ana', 'bea'].map((participantId) => jobOf({ meetingId: meeting.id, participantId }));
    if (!anas || !beas) throw new Error('There are two jobs');
    await deliveryStore(service.table).claim(anas, 'a', new Date());
    await set(deliveryKey(anas), 'attempts', 'one');

    expect(await handOver(deliver, [anas, beas])).toEqual([0]);
    expect(await deliveryRows(service.table, meeting.id)).toMatchObject([
      { sk: 'DELIVERY#1#email#ana', state: 'claimed', attempts: 'one' },
      { sk: 'DELIVERY#1#email#bea', state: 'sent' },
    ]);
    expect(log.of('Delivery not claimed')).toMatchObject([
      {
        level: 'error',
        meetingId: meeting.id,
        participantId: 'ana',
        channel: 'email',
        error: { message: `Cannot read attempts of the row MEETING#${meeting.id} DELIVERY#1#email#ana` },
      },
    ]);
    expect(log.of('Deliveries failed')).toEqual([]);
  });

  test('about something that is not known leaves the meeting’s own deliveries as they are', async () => {
    const meeting = await keepMeeting(service.table, { participants: people });
    const sk = 'DELIVERY#DIGEST#email#organizer';
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

describe('a user whose entry this release cannot read', () => {
  const fault = {
    level: 'error',
    userId: 'bob-id',
    error: { message: 'Cannot read lastLogin of the row USER#bob-id USER' },
  };

  beforeAll(async () => {
    for (const claims of [bob, root]) await use('me', { claims, body: { language: 'ca' } });
    await set(userKey('bob-id'), 'lastLogin', 5);
  });

  test('is said by their id in the list of users, which holds all others', async () => {
    const { status, body } = await use('users', { claims: root });

    expect(status).toBe(200);
    const listed = body.users.map(({ id }: { id: string }) => id);
    expect(listed).toEqual(expect.arrayContaining(['alice-id', 'root-id']));
    expect(listed).not.toContain('bob-id');
    expect(body.unreadable).toEqual(['bob-id']);
    expect(log.of('User left out')).toMatchObject([fault]);
  });

  test('keeps nobody from being told of a meeting with them', async () => {
    const meeting = await keepMeeting(service.table, {
      participants: [
        participantOf({ id: 'a', email: 'a@example.org' }),
        participantOf({ id: 'b', userId: 'bob-id' }),
        participantOf({ id: 'c', email: 'bob@example.org' }),
      ],
    });
    takeJobs(aws.queue);
    const Records = [{ dynamodb: { Keys: marshall(meetingKey(meeting.id)), SequenceNumber: '1' } }];

    expect(await follow({ Records } as never)).toEqual({ batchItemFailures: [] });
    expect(takeJobs(aws.queue)).toMatchObject([{ participantId: 'a' }, { participantId: 'c' }]);
    expect(log.of('User left out')[0]).toMatchObject(fault);
  });

  test('is none of those in a list whose own entry cannot be read, beside all others', async () => {
    const entry = { pk: 'DIRECTORY', sk: 'NAME#alice#alice-id' };
    await set(entry, 'userId', 5);
    const first = await use('users', { claims: root, query: { limit: '1' } });
    const others = await use('users', { claims: root, query: { cursor: first.body.cursor } });
    await set(entry, 'userId', 'alice-id');

    expect(first).toMatchObject({ status: 200, body: { users: [] } });
    expect(others.body.users.map(({ id }: { id: string }) => id)).toContain('root-id');
    expect(log.of('User left out')[0]).toMatchObject({
      level: 'error',
      error: { message: 'Cannot read userId of the row DIRECTORY' },
    });
  });

  test('is not looked up by an address whose row cannot be read, which holds nobody up', async () => {
    const participants = ['a', 'carla'].map((id) => participantOf({ id, email: `${id}@example.org` }));
    const meeting = await keepMeeting(service.table, { participants });
    await writeRows(service.table, [{ ...addressKey('carla@example.org'), userId: 5 }]);
    takeJobs(aws.queue);
    const Records = [{ dynamodb: { Keys: marshall(meetingKey(meeting.id)), SequenceNumber: '1' } }];

    expect(await follow({ Records } as never)).toEqual({ batchItemFailures: [] });
    expect(takeJobs(aws.queue)).toMatchObject([{ participantId: 'a' }, { participantId: 'carla' }]);
    expect(log.of('Owner of an address left out')[0]).toMatchObject({
      level: 'error',
      error: { message: 'Cannot read userId of the row EMAIL' },
    });
  });

  test('can be invited, as whoever is known', async () => {
    const validSince = '2027-03-01T10:00:00Z';
    const body = { name: 'Planning', participants: [{ userId: 'bob-id' }, { email: 'x@example.org' }], validSince };
    const reply = await use('create', { body });

    expect(reply.status).toBe(201);
    expect(reply.body.participants).toMatchObject([{ userId: 'bob-id' }, { email: 'x@example.org' }]);
    const again = { name: 'Planning 2', participants: [{ userId: 'bob-id' }] };
    expect((await use('patch', { path: { id: reply.body.id }, body: again })).status).toBe(200);
  });

  test('keeps nobody out of a meeting that they organize, nor from being told of it', async () => {
    const meeting = await keepMeeting(service.table, {
      organizerId: 'bob-id',
      organizer: { username: 'bob', email: 'bob@example.org' },
      validSince: new Date(),
      participants: [participantOf({ id: 'ana', email: 'ana@example.org' })],
    });
    const room = await use('room', { path: { link: `${meeting.id}.${meeting.key}` }, claims: {} });

    expect(room.status).toBe(200);
    expect(await handOver(deliver, [jobOf({ meetingId: meeting.id, participantId: 'ana' })])).toEqual([]);
    const mail = aws.mailbox.mails().find(({ tags }) => tags.meeting === meeting.id);
    expect((await PostalMime.parse(mail?.raw ?? '')).text).toMatch(/^bob invites you to a meeting\.\r?\n/);
  });

  test('is refused themselves in words that are true', async () => {
    expect(await use('list', { claims: bob })).toMatchObject({ status: 500, body: { code: 'unreadable-row' } });
  });
});

describe('a device that this release cannot read', () => {
  const key = { pk: 'USER#alice-id', sk: 'DEVICE#lamp' };
  const lamp = { path: { id: 'lamp' }, body: { platform: 'fcm', token: 'token-of-the-lamp' } };
  const ids = async () => (await use('devices')).body.devices.map(({ id }: { id: string }) => id);

  beforeEach(async () => {
    expect((await use('putDevice', lamp)).status).toBe(200);
    await set(key, 'registered', 5);
    log.clear();
  });

  test('is left out, and hinders no other', async () => {
    const { status, body } = await use('devices');

    expect(status).toBe(200);
    expect(body.devices.map(({ id }: { id: string }) => id)).not.toContain('lamp');
    expect(log.of('Device left out')).toMatchObject([
      {
        level: 'error',
        userId: 'alice-id',
        error: { message: 'Cannot read registered of the row USER#alice-id DEVICE#lamp' },
      },
    ]);
    const other = { path: { id: 'door' }, body: { platform: 'fcm', token: 'token-of-the-door' } };
    expect((await use('putDevice', other)).status).toBe(200);
    expect(await ids()).toContain('door');
  });

  test('is replaced by who registers it anew, with the row of its token', async () => {
    const again = { ...lamp, body: { platform: 'fcm', token: 'another-token-of-the-lamp' } };

    expect((await use('putDevice', again)).status).toBe(200);
    expect(await ids()).toContain('lamp');
    expect(await deviceStore(service.table).isRegistered('token-of-the-lamp')).toBe(false);
  });

  test('is removed by who removes it, with the row of its token', async () => {
    expect((await use('deleteDevice', { path: { id: 'lamp' } })).status).toBe(204);
    expect(await getRow(service.table, key)).toBeUndefined();
    expect(await deviceStore(service.table).isRegistered('token-of-the-lamp')).toBe(false);
  });

  test('goes with its user', async () => {
    const dave = { sub: 'dave-id', 'cognito:username': 'dave' };
    const body = { platform: 'fcm', token: 'token-of-dave' };
    expect((await use('putDevice', { claims: dave, path: { id: 'watch' }, body })).status).toBe(200);
    await set({ pk: 'USER#dave-id', sk: 'DEVICE#watch' }, 'registered', 5);
    await directory(service.table).remove('dave-id', new Date());
    const Records = [{ dynamodb: { Keys: marshall(userKey('dave-id')), SequenceNumber: '1' } }];

    expect(await followUser({ Records } as never)).toEqual({ batchItemFailures: [] });
    expect(await deviceStore(service.table).idsOfUser('dave-id')).toEqual([]);
    expect(await deviceStore(service.table).isRegistered('token-of-dave')).toBe(false);
  });
});
