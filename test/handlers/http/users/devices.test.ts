import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../../../../functions/users/device.ts';
import { type DeviceStore, deviceStore } from '../../../../functions/users/deviceStore.ts';
import { directory } from '../../../../functions/users/directoryStore.ts';
import { alice, bob, type Claims, call, startService, type TestService } from '../../../service.ts';

let service: TestService;
let devices: DeviceStore;
let put: (id: string, body: unknown, claims?: Claims) => ReturnType<typeof call>;
let remove: (id: string, claims?: Claims) => ReturnType<typeof call>;
let list: (claims?: Claims) => ReturnType<typeof call>;

beforeAll(async () => {
  service = await startService();
  devices = deviceStore(service.table);
  const { handler: register } = await import('../../../../functions/handlers/http/users/putDevice.handler.ts');
  const { handler: unregister } = await import('../../../../functions/handlers/http/users/deleteDevice.handler.ts');
  const { handler: show } = await import('../../../../functions/handlers/http/users/listDevices.handler.ts');
  put = (id, body, claims = alice) => call(register as never, { claims, path: { id }, body });
  remove = (id, claims = alice) => call(unregister as never, { claims, path: { id } });
  list = (claims = alice) => call(show as never, { claims });
});

afterAll(() => service.stop());

let people = 0;

/** Somebody whom no other test knows. */
function somebody(): Claims {
  people += 1;
  return { sub: `owner-${people}`, 'cognito:username': `owner-${people}` };
}

const idsOf = async (claims: Claims) =>
  (await list(claims)).body.devices.map((device: { id: string }) => device.id).sort();

/** Every device row has its token's row, and the other way round. */
async function isWhole(): Promise<boolean> {
  const { Items = [] } = await service.table.documents.send(
    new ScanCommand({ TableName: service.table.name, ConsistentRead: true }),
  );
  const kept = Items.filter(({ sk }) => sk.startsWith('DEVICE#'));
  const tokens = Items.filter(({ pk }) => pk.startsWith('TOKEN#'));
  const names = (rows: typeof Items) => rows.map(({ userId, deviceId }) => `${userId} ${deviceId}`).sort();
  return JSON.stringify(names(kept)) === JSON.stringify(names(tokens));
}

describe('a device', () => {
  test('is registered, shown without its token, and deleted', async () => {
    const registered = await put('phone', { platform: 'fcm', token: 'token-1' });
    expect(registered).toMatchObject({ status: 200, body: { id: 'phone', platform: 'fcm' } });

    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body).toEqual({ devices: [{ id: 'phone', platform: 'fcm', registered: registered.body.registered }] });

    expect(await remove('phone')).toMatchObject({ status: 204, body: undefined });
    expect((await list()).body).toEqual({ devices: [] });
    expect(await devices.isRegistered('token-1')).toBe(false);
  });

  test('is deleted as often as one likes, also one that never was', async () => {
    await put('old', { platform: 'fcm', token: 'token-old' });

    expect([await remove('old'), await remove('old'), await remove('never')].map(({ status }) => status)).toEqual([
      204, 204, 204,
    ]);
  });

  test('is replaced by another of the same id, whose old token is free then', async () => {
    const owner = somebody();
    await put('one', { platform: 'fcm', token: 'first' }, owner);
    await put('one', { platform: 'apns', token: 'second' }, owner);

    expect(await devices.find(`${owner.sub}`, 'one')).toMatchObject({ platform: 'apns', token: 'second' });
    expect(await devices.isRegistered('first')).toBe(false);
    expect(await devices.isRegistered('second')).toBe(true);
    expect(await isWhole()).toBe(true);
  });

  test('that is registered again is made known to SNS anew', async () => {
    const owner = somebody();
    await put('app', { platform: 'fcm', token: 'constant' }, owner);
    await devices.keepEndpoint((await devices.find(`${owner.sub}`, 'app')) as Device, 'arn:endpoint');
    expect(await devices.find(`${owner.sub}`, 'app')).toMatchObject({ endpointArn: 'arn:endpoint' });

    await put('app', { platform: 'fcm', token: 'constant' }, owner);
    expect(await devices.find(`${owner.sub}`, 'app')).not.toHaveProperty('endpointArn');
  });

  test('is not given an endpoint that was made for its token before', async () => {
    const owner = somebody();
    await put('app', { platform: 'fcm', token: 'before' }, owner);
    const before = (await devices.find(`${owner.sub}`, 'app')) as Device;
    await put('app', { platform: 'fcm', token: 'after' }, owner);
    await devices.keepEndpoint(before, 'arn:endpoint');

    expect(await devices.find(`${owner.sub}`, 'app')).not.toHaveProperty('endpointArn');
  });

  test('is not removed on behalf of its token before', async () => {
    const owner = somebody();
    await put('app', { platform: 'fcm', token: 'earlier' }, owner);
    const earlier = (await devices.find(`${owner.sub}`, 'app')) as Device;
    await put('app', { platform: 'fcm', token: 'newer' }, owner);

    expect(await devices.remove(earlier)).toBe(false);
    expect(await idsOf(owner)).toEqual(['app']);
  });

  test('is not removed on behalf of an earlier registration of the same token', async () => {
    const owner = somebody();
    await put('app', { platform: 'fcm', token: 'again' }, owner);
    const earlier = (await devices.find(`${owner.sub}`, 'app')) as Device;
    await devices.register({ ...earlier, registered: new Date(earlier.registered.getTime() + 1) });

    expect(await devices.remove(earlier)).toBe(false);
    expect(await idsOf(owner)).toEqual(['app']);
    expect(await devices.isRegistered('again')).toBe(true);
  });

  test('is its owner’s alone', async () => {
    const [owner, stranger] = [somebody(), somebody()];
    await put('phone', { platform: 'fcm', token: 'private' }, owner);

    expect((await remove('phone', stranger)).status).toBe(204);
    expect(await idsOf(stranger)).toEqual([]);
    expect(await idsOf(owner)).toEqual(['phone']);
  });
});

describe('a token', () => {
  test('belongs to the user who registered it last', async () => {
    const [one, other] = [somebody(), somebody()];
    await put('shared', { platform: 'fcm', token: 'passed-on' }, one);
    await put('mine', { platform: 'fcm', token: 'passed-on' }, other);

    expect([await idsOf(one), await idsOf(other)]).toEqual([[], ['mine']]);
    expect((await remove('shared', one)).status).toBe(204);
    expect(await devices.isRegistered('passed-on')).toBe(true);
  });

  test('moves between two devices of one user', async () => {
    const owner = somebody();
    await put('one', { platform: 'fcm', token: 'moving' }, owner);
    await put('two', { platform: 'fcm', token: 'moving' }, owner);

    expect(await idsOf(owner)).toEqual(['two']);
  });

  test('taken from another while one’s own is replaced leaves no row behind', async () => {
    const [one, other] = [somebody(), somebody()];
    await put('a', { platform: 'fcm', token: 'of-one' }, one);
    await put('b', { platform: 'fcm', token: 'of-other' }, other);
    await put('b', { platform: 'fcm', token: 'of-one' }, other);

    expect([await idsOf(one), await idsOf(other)]).toEqual([[], ['b']]);
    expect(await devices.isRegistered('of-other')).toBe(false);
    expect(await isWhole()).toBe(true);
  });

  test('that thirty users want at once belongs to one of them', async () => {
    const owners = Array.from({ length: 30 }, somebody);
    const answers = await Promise.all(owners.map((owner) => put('d', { platform: 'fcm', token: 'wanted' }, owner)));
    const held = (await Promise.all(owners.map(idsOf))).flat();

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(held).toEqual(['d']);
    expect(await isWhole()).toBe(true);
  });
});

describe('a registration', () => {
  test('of a fifty-first device is refused; one that is there can still be replaced', async () => {
    const owner = somebody();
    for (let count = 1; count <= 50; count += 1)
      await put(`d${count}`, { platform: 'fcm', token: `many-${count}` }, owner);

    const refused = await put('d51', { platform: 'fcm', token: 'many-51' }, owner);
    expect(refused).toMatchObject({ status: 409, body: { code: 'too-many-devices' } });
    expect((await put('d50', { platform: 'fcm', token: 'many-other' }, owner)).status).toBe(200);
  });

  test('by a user who is deleted at that moment leaves no device', async () => {
    await list(bob);
    const users = directory(service.table);
    await users.remove('bob-id', new Date());
    const device = { deviceId: 'd', userId: 'bob-id', platform: 'fcm', token: 'late', registered: new Date() } as const;

    await expect(devices.register(device)).rejects.toMatchObject({ code: 'user-deleted' });
    const { Items } = await service.table.documents.send(
      new QueryCommand({
        TableName: service.table.name,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :device)',
        ExpressionAttributeValues: { ':pk': 'USER#bob-id', ':device': 'DEVICE#' },
      }),
    );
    expect(Items).toEqual([]);
    expect(await devices.isRegistered('late')).toBe(false);
  });
});
