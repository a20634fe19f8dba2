import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { invitedRows, listingKey, listingPrefix, listingRow } from '../../../functions/meetings/listings/listing.ts';
import type { Meeting, Participant } from '../../../functions/meetings/meeting.ts';
import { meetingKey, meetingStore } from '../../../functions/meetings/meetingStore.ts';
import { getRow, queryRows, writeRows } from '../../../functions/runtime/table.ts';
import type { Device } from '../../../functions/users/device.ts';
import { type DeviceStore, deviceStore } from '../../../functions/users/deviceStore.ts';
import { type Directory, directory } from '../../../functions/users/directoryStore.ts';
import { addressKey } from '../../../functions/users/userRows.ts';
import { type Filter, readFilter } from '../../../infra/local/mappings/filter.ts';
import { openStreamReader, type StreamReader } from '../../../infra/local/mappings/streamReader.ts';
import { startAws, type TestAws } from '../../aws.ts';
import { keepMeeting, writeMeeting } from '../../deliveries/deliveries.ts';
import { application, filterCriteriaOf, userChangesTemplate } from '../../infra/userChanges.ts';
import { catchLog, type LogLines } from '../../logLines.ts';
import { meetingOf, participantOf } from '../../meetings/meetings.ts';
import { startService, type TestService } from '../../service.ts';

type Follow = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
type Person = { id: string; email: string; phone: string };

let aws: TestAws;
let service: TestService;
let users: Directory;
let devices: DeviceStore;
let stream: StreamReader;
let isWanted: Filter;
let handler: Follow;
let lines: LogLines;

beforeAll(async () => {
  aws = await startAws();
  service = await startService({ pushApplications: { fcm: application } });
  users = directory(service.table);
  devices = deviceStore(service.table);
  stream = openStreamReader(`${process.env.AWS_ENDPOINT_URL_DYNAMODB}`, service.table.name, 'arn:stream', undefined);
  isWanted = readFilter(filterCriteriaOf(userChangesTemplate()));
  ({ handler } = await import('../../../functions/handlers/stream/onUserChanged.handler.ts'));
  lines = catchLog();
});

afterEach(() => {
  aws.faults.clear();
  lines.clear();
});

afterAll(async () => {
  lines.stop();
  await service.stop();
  await aws.stop();
});

/** What the table's stream has held since the last call, as far as the function's filters let it through. */
async function newRecords(): Promise<DynamoDBStreamEvent['Records']> {
  const records: unknown[] = [];
  for (let page = await stream.next(); page.records.length > 0; page = await stream.next())
    records.push(...page.records);
  return records.filter(isWanted) as DynamoDBStreamEvent['Records'];
}

/** Hands the stream to the function until nothing is left of it; how many times it took. */
async function follow(): Promise<number> {
  for (let round = 0; round < 10; round += 1) {
    const Records = await newRecords();
    if (Records.length === 0) return round;
    expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  }
  throw new Error('The function follows itself');
}

let people = 0;

/** Whose first call has been followed. */
async function somebody(): Promise<Person> {
  people += 1;
  const person = {
    id: `person-${people}`,
    email: `person-${people}@example.org`,
    phone: `+3461000${String(people).padStart(4, '0')}`,
  };
  await users.admit({ ...person, username: `name-${people}`, capabilities: [] }, new Date());
  await newRecords();
  return person;
}

const bob = participantOf({ id: 'bob', email: 'bob@example.org' });

/** A meeting, entered in the listing of a user. */
async function listedMeeting(user: Person, changes: Partial<Meeting>): Promise<Meeting> {
  const meeting = await keepMeeting(service.table, changes);
  const role = meeting.organizerId === user.id ? 'organizer' : 'participant';
  const entry = { userId: user.id, role, named: meeting.participants } as const;
  await writeRows(service.table, [listingRow(meeting, entry, 4_000_000_000)]);
  return meeting;
}

const attended = (user: Person, entry: Partial<Participant>) =>
  listedMeeting(user, { participants: [participantOf({ id: 'them', ...entry }), bob] });

const meetings = () => meetingStore(service.table, 30);

async function traces(...words: string[]): Promise<string[]> {
  const { Items = [] } = await service.table.documents.send(
    new ScanCommand({ TableName: service.table.name, ConsistentRead: true }),
  );
  return Items.filter((item) => words.some((word) => JSON.stringify(item).includes(word))).map(
    ({ pk, sk }) => `${pk} ${sk}`,
  );
}

/** Registers a device, with an endpoint that SNS knows. */
async function register(user: Person, token: string): Promise<Device> {
  const device = { deviceId: 'phone', userId: user.id, platform: 'fcm', token, registered: new Date() } as const;
  await devices.register(device);
  const endpointArn = `${application.replace(':app/', ':endpoint/')}/${token}`;
  aws.phones.endpoints.set({ arn: endpointArn, applicationArn: application, platform: 'GCM', token, enabled: true });
  await devices.keepEndpoint(device, endpointArn);
  return { ...device, endpointArn };
}

const isKnownToSns = (device: Device) => aws.phones.endpoints.get(device.endpointArn ?? '') !== undefined;

describe('a user who was deleted', () => {
  test('is taken out of what they attend, by whatever they are named', async () => {
    const user = await somebody();
    const attending = [
      await attended(user, { userId: user.id }),
      await attended(user, { email: user.email.toUpperCase() }),
      await attended(user, { phone: user.phone, name: 'They' }),
    ];
    await users.remove(user.id, new Date());
    await follow();

    for (const { id } of attending) {
      expect(await meetings().get(id)).toMatchObject({
        participants: [bob],
        removed: [],
        status: 'scheduled',
        revision: 2,
        sequence: 1,
      });
    }
  });

  test('leaves their meetings cancelled, those that have ended as they were, and whoever was told hears of it', async () => {
    const user = await somebody();
    const self = participantOf({ id: 'them', userId: user.id, email: user.email });
    const own = await listedMeeting(user, { organizerId: user.id, participants: [self, bob] });
    const ended = await listedMeeting(user, {
      organizerId: user.id,
      participants: [self, bob],
      validSince: new Date(Date.now() - 86_400_000),
    });
    const cancelled = await listedMeeting(user, { organizerId: user.id, participants: [bob], status: 'cancelled' });
    await users.remove(user.id, new Date());
    await follow();

    const told = [{ ...bob, told: 2 }];
    expect(await meetings().get(own.id)).toMatchObject({
      status: 'cancelled',
      participants: told,
      revision: 2,
      sequence: 2,
    });
    expect(await meetings().get(ended.id)).toMatchObject({ status: 'scheduled', participants: [bob] });
    expect(await meetings().get(cancelled.id)).toMatchObject({ status: 'cancelled', participants: [bob] });
  });

  test('stays known to calendars where a meeting’s cancellation may be on its way, and nowhere else', async () => {
    const user = await somebody();
    const organizer = { username: 'their name', email: user.email };
    const own = { organizerId: user.id, organizer, participants: [bob] };
    const scheduled = await listedMeeting(user, own);
    const cancelled = await listedMeeting(user, { ...own, status: 'cancelled' });
    const ended = await listedMeeting(user, { ...own, validSince: new Date(Date.now() - 86_400_000) });
    await users.remove(user.id, new Date());
    await follow();

    for (const { id } of [scheduled, cancelled])
      expect((await meetings().get(id))?.organizer).toEqual({ ...organizer, leaving: true });
    expect((await meetings().get(ended.id))?.organizer).toBeUndefined();
  });

  test('leaves no address, device or entry behind, in any row', async () => {
    const user = await somebody();
    await users.changeProfile(user.id, { alias: `alias-${user.id}`, landLineNumber: '+34930001234' }, new Date());
    const device = await register(user, `token-${user.id}`);
    await attended(user, { email: user.email });
    await listedMeeting(user, { organizerId: user.id, participants: [bob] });
    await users.remove(user.id, new Date());
    // The deletion, then the device that went with it.
    expect(await follow()).toBe(2);

    expect(await traces(user.email, user.phone, '930001234', device.token)).toEqual([]);
    expect(isKnownToSns(device)).toBe(false);
    const left = await traces(`"${user.id}"`, `#${user.id}"`);
    expect(left.filter((key) => !key.startsWith('MEETING#')).sort()).toEqual(
      [
        `ALIAS#alias-${user.id} ALIAS#alias-${user.id}`,
        `ALIAS#name-${people} ALIAS#name-${people}`,
        `ALIAS#${user.id} ALIAS#${user.id}`,
        `USER#${user.id} USER`,
      ].sort(),
    );
    expect(lines.of('User removed')).toMatchObject([{ userId: user.id }]);
  });

  test('does not take with them who has their address by now', async () => {
    const user = await somebody();
    const meeting = await attended(user, { email: user.email });
    const heir = await somebody();
    await users.admit({ ...heir, email: user.email, username: 'heir', capabilities: [] }, new Date());
    await users.remove(user.id, new Date());
    await follow();

    expect(await meetings().get(meeting.id)).toEqual(meeting);
    expect(await users.ownersOf([user.email])).toEqual(new Map([[user.email, heir.id]]));
  });

  test('is removed once, however often it is told', async () => {
    const user = await somebody();
    const own = await listedMeeting(user, { organizerId: user.id, participants: [bob] });
    await users.remove(user.id, new Date());
    const Records = await newRecords();
    const answers = await Promise.all([handler({ Records }), handler({ Records })]);
    answers.push(await handler({ Records: [...Records, ...Records] }));

    for (const answer of answers.slice(-1)) expect(answer).toEqual({ batchItemFailures: [] });
    expect(await meetings().get(own.id)).toMatchObject({ revision: 2, sequence: 2, participants: [{ told: 2 }] });
    await follow();
  });

  test('with more meetings than one page is out of all of them', async () => {
    const user = await somebody();
    for (let count = 0; count < 120; count += 1) await attended(user, { userId: user.id });
    await users.remove(user.id, new Date());
    await follow();

    expect((await traces(user.id)).filter((key) => key.includes('MEETING'))).toEqual([]);
  });

  test('organizes nothing new: a meeting that was on its way is not written', async () => {
    const user = await somebody();
    await users.remove(user.id, new Date());
    const meeting = meetingOf({ id: 'meeting0000000000000000late', organizerId: user.id });

    await expect(meetings().create(meeting, undefined)).rejects.toMatchObject({ code: 'user-deleted' });
    expect(await meetings().get(meeting.id)).toBeUndefined();
    expect((await traces(user.id)).filter((key) => key.includes('MEETING'))).toEqual([]);
    await follow();
  });

  test('is what the function follows, not one who calls, changes or is erased', async () => {
    await newRecords();
    const user = await somebody();
    await users.admit({ ...user, username: 'otherwise', capabilities: [] }, new Date());
    await users.changeProfile(user.id, { language: 'ca' }, new Date());
    expect(await newRecords()).toEqual([]);

    await users.remove(user.id, new Date());
    const deletion = await newRecords();
    expect(deletion).toHaveLength(1);
    await handler({ Records: deletion });
    expect(await newRecords()).toEqual([]);
  });
});

describe('a user who has a new address', () => {
  const invited = async (address: string, changes: Partial<Meeting> = {}) => {
    const named = address.startsWith('+') ? { phone: address } : { email: address };
    const meeting = await keepMeeting(service.table, {
      participants: [participantOf({ id: 'them', ...named })],
      ...changes,
    });
    await writeRows(service.table, invitedRows(meeting, 4_000_000_000));
    return meeting;
  };
  const listed = async ({ id }: Person) => {
    const ids: string[] = [];
    for await (const { meetingId } of queryRows(service.table, `USER#${id}`, listingPrefix)) ids.push(`${meetingId}`);
    return ids.sort();
  };

  test('is listed for what it was invited to before, by mail or by telephone, and for nothing else', async () => {
    const [email, phone] = ['late@example.org', '+34610999999'];
    const meetings = [await invited(email.toUpperCase()), await invited(phone)];
    await invited('another@example.org');
    const user = await somebody();
    expect(await listed(user)).toEqual([]);

    await users.admit({ ...user, email, phone, username: 'late', capabilities: [] }, new Date());
    await follow();

    expect(await listed(user)).toEqual(meetings.map(({ id }) => id).sort());
  });

  test('is listed as organizer of what they organize', async () => {
    const user = await somebody();
    const meeting = await invited('self@example.org', { organizerId: user.id });
    await writeRows(service.table, [listingRow(meeting, { userId: user.id, role: 'organizer' }, 4_000_000_000)]);
    await users.admit({ ...user, email: 'self@example.org', username: 'self', capabilities: [] }, new Date());
    await follow();

    expect(await getRow(service.table, listingKey(meeting, user.id))).toMatchObject({ role: 'organizer' });
  });

  test('is listed for nothing that the address was taken off, at that moment or before', async () => {
    const [email, user] = ['off@example.org', await somebody()];
    const [before, then] = [await invited(email), await invited(email)];
    const gone = { revision: 2, gone: true, expiresAt: 4_000_000_000 };
    const { sk } = listingKey(before, user.id);
    await writeRows(service.table, [
      { pk: addressKey(email).pk, sk, meetingId: before.id, ...gone },
      { ...listingKey(then, user.id), meetingId: then.id, ...gone },
    ]);
    await users.admit({ ...user, email, username: 'off', capabilities: [] }, new Date());
    await follow();

    expect(await getRow(service.table, { pk: `USER#${user.id}`, sk })).toBeUndefined();
    expect(await getRow(service.table, listingKey(then, user.id))).toMatchObject(gone);
  });

  test('is listed for what it takes part in, though they were taken off as a user', async () => {
    const [email, user] = ['back@example.org', await somebody()];
    const meeting = await invited(email);
    const mark = { meetingId: meeting.id, revision: meeting.revision, gone: true, expiresAt: 4_000_000_000 };
    await writeRows(service.table, [{ ...listingKey(meeting, user.id), ...mark }]);
    await users.admit({ ...user, email, username: 'back', capabilities: [] }, new Date());
    await follow();

    expect(await getRow(service.table, listingKey(meeting, user.id))).toMatchObject({
      name: meeting.name,
      revision: 1,
    });
  });

  test('who was deleted leaves what the address was invited to, listed for them yet or not', async () => {
    const user = await somebody();
    const meeting = await invited(user.email);
    await users.remove(user.id, new Date());
    await follow();

    expect(await meetings().get(meeting.id)).toMatchObject({ participants: [], revision: 2, sequence: 1 });
    expect(await traces(user.email)).toEqual([]);
  });

  test('is followed again where that failed, and says so', async () => {
    const user = await somebody();
    const broken = { ...addressKey('broken@example.org'), sk: `${listingPrefix}broken` };
    await writeRows(service.table, [broken]);
    await users.admit({ ...user, email: 'broken@example.org', username: 'broken', capabilities: [] }, new Date());
    const Records = await newRecords();

    expect((await handler({ Records })).batchItemFailures).toHaveLength(1);
    expect(lines.of('User change not followed')).toMatchObject([{ level: 'error', userId: user.id }]);
    await writeRows(service.table, [], [broken]);
    expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  });
});

describe('a removal that fails', () => {
  test('says so with the error and the ids, does the rest, and is done when it comes again', async () => {
    const user = await somebody();
    const broken = await attended(user, { userId: user.id });
    const sound = await attended(user, { email: user.email });
    await writeRows(service.table, [{ ...meetingKey(broken.id), id: broken.id }]);
    await users.remove(user.id, new Date());
    const Records = await newRecords();

    expect(await handler({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber }],
    });
    expect(lines.of('Process onDeleteUser failed')).toMatchObject([
      {
        level: 'error',
        userId: user.id,
        meetingId: broken.id,
        error: {
          name: expect.any(String),
          message: expect.stringContaining('key'),
          stack: expect.stringContaining('at '),
        },
      },
    ]);
    expect((await meetings().get(sound.id))?.participants).toEqual([bob]);
    expect(await users.find(user.id)).toMatchObject({ erasing: true, email: user.email });

    await writeMeeting(service.table, broken);
    expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
    expect((await meetings().get(broken.id))?.participants).toEqual([bob]);
    expect(await traces(user.email)).toEqual([]);
  });

  test('says so of the user themselves', async () => {
    const user = await somebody();
    await users.remove(user.id, new Date());
    const Records = await newRecords();
    await writeRows(service.table, [{ pk: `USER#${user.id}`, sk: 'DEVICE#broken', token: user.email }]);

    expect((await handler({ Records })).batchItemFailures).toHaveLength(1);
    const [line] = lines.of('Process onDeleteUser failed');
    expect(line).toMatchObject({ level: 'error', userId: user.id, error: { stack: expect.any(String) } });
    expect(JSON.stringify(line)).not.toContain(user.email);
    await writeRows(service.table, [], [{ pk: `USER#${user.id}`, sk: 'DEVICE#broken' }]);
  });

  test('is started again by the deletion that an admin repeats, until nothing is left to do', async () => {
    const user = await somebody();
    await users.remove(user.id, new Date());
    await newRecords();
    await users.remove(user.id, new Date());
    expect(await follow()).toBe(1);
    await users.remove(user.id, new Date());
    expect(await follow()).toBe(0);
  });
});

describe('the endpoint of a device', () => {
  test('goes with the device', async () => {
    const user = await somebody();
    const device = await register(user, 'token-of-deleted');
    await devices.unregister(user.id, device.deviceId);
    await follow();

    expect(isKnownToSns(device)).toBe(false);
  });

  test('goes with the token that another takes the place of', async () => {
    const user = await somebody();
    const device = await register(user, 'token-before');
    await devices.register({ ...device, token: 'token-after' });
    await follow();

    expect(isKnownToSns(device)).toBe(false);
  });

  test('stays while its token is registered, for the same user or another', async () => {
    const [user, other] = [await somebody(), await somebody()];
    const device = await register(user, 'token-of-two');
    await devices.register(device);
    await follow();
    expect(isKnownToSns(device)).toBe(true);

    await devices.keepEndpoint(device, `${device.endpointArn}`);
    await devices.register({ ...device, userId: other.id });
    expect(await follow()).toBe(1);
    expect(isKnownToSns(device)).toBe(true);
  });

  test('of an application that is no longer set is left to SNS', async () => {
    const user = await somebody();
    const device = await register(user, 'token-of-old');
    await devices.keepEndpoint(device, 'arn:aws:sns:eu-west-1:000000000000:endpoint/GCM/test-of-old/1');
    await newRecords();
    await devices.unregister(user.id, device.deviceId);
    const before = aws.calls('sns.DeleteEndpoint');
    await follow();

    expect(aws.calls('sns.DeleteEndpoint')).toBe(before);
  });

  test('that cannot be read holds up no other record', async () => {
    const user = await somebody();
    const device = await register(user, 'token-beside-a-number');
    await devices.unregister(user.id, device.deviceId);
    const [record] = await newRecords();
    if (!record) throw new Error('The device left no record');
    const strange = structuredClone(record);
    Object.assign(strange.dynamodb ?? {}, { SequenceNumber: '1' });
    Object.assign(strange.dynamodb?.OldImage ?? {}, { token: { N: '5' } });

    expect(await handler({ Records: [strange, record] })).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(lines.of('Endpoint not removed')).toMatchObject([{ level: 'error', userId: user.id, deviceId: 'phone' }]);
    expect(isKnownToSns(device)).toBe(false);
  });

  test('is tried again where SNS fails', async () => {
    const user = await somebody();
    const device = await register(user, 'token-of-failure');
    await devices.unregister(user.id, device.deviceId);
    const Records = await newRecords();
    aws.faults.order({ service: 'sns', action: 'DeleteEndpoint', kind: 'error500' });

    expect((await handler({ Records })).batchItemFailures).toHaveLength(1);
    expect(lines.of('Endpoint not removed')).toMatchObject([{ level: 'error', userId: user.id, deviceId: 'phone' }]);
    aws.faults.clear();
    expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
    expect(isKnownToSns(device)).toBe(false);
  });
});
