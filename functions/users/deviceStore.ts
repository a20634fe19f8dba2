import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { sha256 } from '../runtime/digest.ts';
import { errorOf, log } from '../runtime/log.ts';
import { Refusal } from '../runtime/refusal.ts';
import { parseRow, parseRows } from '../runtime/row.ts';
import {
  allRows,
  conditionHeld,
  failedConditions,
  getRow,
  type Key,
  type Row,
  repeatOvertaken,
  type Table,
  transact,
} from '../runtime/table.ts';
import { type Device, deviceSchema } from './device.ts';
import { userDeleted } from './userEntry.ts';
import { userStands } from './userStore.ts';

const devicePrefix = 'DEVICE#';
/** What is needed of a device to put another in its place. */
const replacedSchema = z.object({ userId: z.string(), deviceId: z.string(), token: z.string() });
const tokenRowSchema = z.object({ userId: z.string(), deviceId: z.string() });

/** Every reminder goes to every device: more than one person has only multiply what is sent. */
const mostDevices = 50;

/** Keeps the devices that users are pushed to. */
export function deviceStore(table: Table) {
  return {
    /**
     * Registers a device, in the place of one with the same id; its token is taken from whoever had it.
     *
     * @throws Refusal `too-many-devices`, `user-deleted`
     */
    async register(device: Device): Promise<void> {
      // Somebody else may register the same token or device in between.
      await repeatOvertaken(async () => {
        const writes = await registration(table, device, await rowsOfUser(table, device.userId));
        try {
          await transact(table, writes);
        } catch (error) {
          throw failedConditions(error).includes(0) ? userDeleted() : error;
        }
      });
    },

    async find(userId: string, deviceId: string): Promise<Device | undefined> {
      const row = await getRow(table, deviceKey(userId, deviceId));
      return row && parseRow(deviceSchema, row);
    },

    /** The devices of a user, but for those that another release registered and this one cannot read. */
    async ofUser(userId: string): Promise<Device[]> {
      const { read, unreadable } = parseRows(deviceSchema, await rowsOfUser(table, userId));
      for (const fault of unreadable) log.error('Device left out', { userId, error: errorOf(fault) });
      return read;
    },

    /** The ids of all devices of a user. */
    async idsOfUser(userId: string): Promise<string[]> {
      return (await rowsOfUser(table, userId)).map(({ sk }) => String(sk).slice(devicePrefix.length));
    },

    /** Removes whatever is registered under an id, in whatever form; nothing being there is as good. */
    async unregister(userId: string, deviceId: string): Promise<void> {
      await repeatOvertaken(async () => {
        const row = await getRow(table, deviceKey(userId, deviceId));
        if (row) await removeRow(table, { userId, deviceId }, row);
      });
    },

    /** Removes a device and its token's row. @returns false where it has been registered again since it was read */
    async remove({ registered, ...device }: Device): Promise<boolean> {
      try {
        await removeRow(table, device, { token: device.token, registered: registered.toISOString() });
        return true;
      } catch (error) {
        if (failedConditions(error).length === 0) throw error;
        return false;
      }
    },

    /** Whether a token is registered, for whomever. */
    async isRegistered(token: string): Promise<boolean> {
      return (await getRow(table, tokenKey(token))) !== undefined;
    },

    /** Keeps the endpoint that SNS made for a device, unless the device has another token by now. */
    async keepEndpoint(device: Device, endpointArn: string): Promise<void> {
      const update = new UpdateCommand({
        TableName: table.name,
        Key: deviceKey(device.userId, device.deviceId),
        UpdateExpression: 'SET endpointArn = :arn',
        ConditionExpression: '#token = :token',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: { ':arn': endpointArn, ':token': device.token },
      });
      await conditionHeld(table.documents.send(update));
    },
  };
}

export type DeviceStore = ReturnType<typeof deviceStore>;

/** All of them, also those that this release cannot read. */
function rowsOfUser(table: Table, userId: string): Promise<Row[]> {
  return allRows(table, `USER#${userId}`, devicePrefix);
}

/** @returns false where the device, whose row was read as it is given, has been registered again since */
async function removeRow(
  table: Table,
  device: Pick<Device, 'userId' | 'deviceId'>,
  { token, registered }: Row,
): Promise<void> {
  const ofToken = typeof token === 'string' ? [deleteToken(table, { ...device, token })] : [];
  await transact(table, [deleteRegistration(table, device, { token, registered }), ...ofToken]);
}

/** The first of the writes fails where the user has been deleted. @throws UnreadableRow of the device itself */
async function registration(table: Table, device: Device, registered: readonly Row[]) {
  const { sk } = deviceKey(device.userId, device.deviceId);
  const row = registered.find((other) => other.sk === sk);
  const before = row && parseRow(replacedSchema, row);
  if (!before && registered.length >= mostDevices) throw tooManyDevices();
  const holder = await holderOf(table, device.token);
  const holds = holder?.userId === device.userId && holder.deviceId === device.deviceId;
  const held = holder && !holds ? { ...holder, token: device.token } : undefined;
  const replaced = before && before.token !== device.token ? before : undefined;
  return [
    userStands(table, device.userId),
    putDevice(table, device, before),
    putToken(table, device, holder),
    ...(held ? [deleteDevice(table, held)] : []),
    ...(replaced ? [deleteToken(table, replaced)] : []),
  ];
}

function tooManyDevices(): Refusal {
  return new Refusal('conflict', 'too-many-devices', `A user has at most ${mostDevices} devices; delete one first.`);
}

async function holderOf(table: Table, token: string) {
  const row = await getRow(table, tokenKey(token));
  return row && z.parse(tokenRowSchema, row);
}

/** Without an endpoint, also where its token had one: SNS may know the token as unreachable, and hears of it anew. */
function putDevice(table: Table, device: Device, before: Registered | undefined) {
  const { deviceId, userId, platform, token } = device;
  const registered = device.registered.toISOString();
  const item = { ...deviceKey(userId, deviceId), deviceId, userId, platform, token, registered };
  return { Put: { TableName: table.name, Item: item, ...(before ? isToken(before.token) : isNew) } };
}

function putToken(
  table: Table,
  { token, userId, deviceId }: Device,
  holder: z.output<typeof tokenRowSchema> | undefined,
) {
  const Item: Row = { ...tokenKey(token), userId, deviceId };
  return { Put: { TableName: table.name, Item, ...(holder ? isHolder(holder) : isNew) } };
}

type Registered = Pick<Device, 'userId' | 'deviceId' | 'token'>;

function deleteDevice({ name }: Table, { userId, deviceId, token }: Registered) {
  return { Delete: { TableName: name, Key: deviceKey(userId, deviceId), ...isToken(token) } };
}

function deleteRegistration(
  { name }: Table,
  { userId, deviceId }: Pick<Device, 'userId' | 'deviceId'>,
  { token, registered }: Row,
) {
  return {
    Delete: {
      TableName: name,
      Key: deviceKey(userId, deviceId),
      ConditionExpression: '#token = :token AND registered = :registered',
      ExpressionAttributeNames: { '#token': 'token' },
      ExpressionAttributeValues: { ':token': token, ':registered': registered },
    },
  };
}

function deleteToken({ name }: Table, device: Registered) {
  return { Delete: { TableName: name, Key: tokenKey(device.token), ...isHolder(device) } };
}

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };

function isToken(token: string) {
  return {
    ConditionExpression: '#token = :token',
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: { ':token': token },
  };
}

function isHolder({ userId, deviceId }: Pick<Device, 'userId' | 'deviceId'>) {
  return {
    ConditionExpression: 'userId = :user AND deviceId = :device',
    ExpressionAttributeValues: { ':user': userId, ':device': deviceId },
  };
}

function deviceKey(userId: string, deviceId: string): Key {
  return { pk: `USER#${userId}`, sk: `${devicePrefix}${deviceId}` };
}

/** A token may be longer than a key; its hash names it. */
function tokenKey(token: string): Key {
  const key = `TOKEN#${sha256(token)}`;
  return { pk: key, sk: key };
}
