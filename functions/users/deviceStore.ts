import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { failedConditions, getRow, type Key, queryRows, type Table, transact } from '../runtime/table.ts';
import { type Device, deviceSchema } from './device.ts';

const tokenRowSchema = z.object({ userId: z.string(), deviceId: z.string() });
const registrationAttempts = 3;

/** Keeps the devices that users are pushed to. */
export function deviceStore(table: Table) {
  return {
    /** Registers a device, in the place of one with the same id; its token is taken from whoever had it. */
    async register(device: Device): Promise<void> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await transact(table, await registration(table, device));
        } catch (error) {
          // Somebody else registered the same token or device in between: look again.
          if (failedConditions(error).length === 0 || attempt === registrationAttempts) throw error;
        }
      }
    },

    async find(userId: string, deviceId: string): Promise<Device | undefined> {
      const row = await getRow(table, deviceKey(userId, deviceId));
      return row && z.parse(deviceSchema, row);
    },

    async ofUser(userId: string): Promise<Device[]> {
      const devices: Device[] = [];
      for await (const row of queryRows(table, `USER#${userId}`, 'DEVICE#')) devices.push(z.parse(deviceSchema, row));
      return devices;
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
      await table.documents.send(update).catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },
  };
}

export type DeviceStore = ReturnType<typeof deviceStore>;

async function registration(table: Table, device: Device) {
  const { deviceId, userId, token } = device;
  const [before, holder] = await Promise.all([
    getRow(table, deviceKey(userId, deviceId)).then((row) => row && z.parse(deviceSchema, row)),
    getRow(table, tokenKey(token)).then((row) => row && z.parse(tokenRowSchema, row)),
  ]);
  const item = { ...deviceKey(userId, deviceId), ...device, registered: device.registered.toISOString() };
  const puts = [
    put(table, item, before ? { '#token = :before': before.token } : undefined),
    put(table, { ...tokenKey(token), userId, deviceId }, holder ? { 'userId = :before': holder.userId } : undefined),
  ];
  const elsewhere = holder && (holder.userId !== userId || holder.deviceId !== deviceId);
  const gone = [
    ...(elsewhere ? [deviceKey(holder.userId, holder.deviceId)] : []),
    ...(before && before.token !== token ? [tokenKey(before.token)] : []),
  ];
  return [...puts, ...gone.map((Key) => ({ Delete: { TableName: table.name, Key } }))];
}

/** Puts a row where what was read before is still there, or where there is still nothing. */
function put(table: Table, Item: Record<string, unknown>, expected: Record<string, string> | undefined) {
  const [[condition, before] = ['attribute_not_exists(pk)', undefined]] = Object.entries(expected ?? {});
  return {
    Put: {
      TableName: table.name,
      Item,
      ConditionExpression: condition,
      ...(condition.includes('#token') ? { ExpressionAttributeNames: { '#token': 'token' } } : {}),
      ...(before === undefined ? {} : { ExpressionAttributeValues: { ':before': before } }),
    },
  };
}

function deviceKey(userId: string, deviceId: string): Key {
  return { pk: `USER#${userId}`, sk: `DEVICE#${deviceId}` };
}

/** A token may be longer than a key; its hash names it. */
function tokenKey(token: string): Key {
  const key = `TOKEN#${createHash('sha256').update(token).digest('base64url')}`;
  return { pk: key, sk: key };
}
