import type { DynamoDBBatchResponse, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { notifications } from '../../runtime/clients.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { once } from '../../runtime/once.ts';
import { settings } from '../../runtime/settings.ts';
import { deviceImageSchema } from '../../users/deviceImage.ts';
import { removeEndpoint } from '../../users/endpointClient.ts';
import { changed, devices, listings, meetings, users, visits } from '../stores.ts';
import { listAddresses, removeUser } from './followUser.ts';

const services = once(() => ({
  users: users(),
  devices: devices(),
  listings: listings(),
  meetings: meetings(),
  changed: changed(),
  visits: visits(),
}));

/**
 * The table's stream, filtered to users who were deleted or have a new address and to devices that had an endpoint of
 * SNS: brings what is kept of them elsewhere in line with their rows as they are now, however often it is told.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const { dynamodb } of event.Records) {
    const [pk, sk, sequenceNumber] = [dynamodb?.Keys?.pk?.S, dynamodb?.Keys?.sk?.S, dynamodb?.SequenceNumber];
    if (!dynamodb || !pk || !sk || !sequenceNumber) throw new Error('A stream record has no key');
    const isDone = sk === 'USER' ? await onUser(pk.slice('USER#'.length)) : await onDeviceGone(dynamodb);
    if (!isDone) batchItemFailures.push({ itemIdentifier: sequenceNumber });
  }
  return { batchItemFailures };
}

async function onUser(userId: string): Promise<boolean> {
  try {
    const user = await users().find(userId);
    if (user?.erasing) return await removeUser(user, services(), () => new Date());
    if (user?.newAddress) await listAddresses(user, services(), () => new Date());
    return true;
  } catch (error) {
    log.error('User change not followed', { userId, error: errorOf(error) });
    return false;
  }
}

/** Whether SNS has forgotten a device that is gone, or has another token; who else has its token now goes on with it. */
async function onDeviceGone({ Keys, OldImage }: StreamRecord): Promise<boolean> {
  try {
    const { token, endpointArn } = z.parse(deviceImageSchema, OldImage);
    if (!(await devices().isRegistered(token))) await removeEndpoint(notifications(), endpointArn, settings());
    return true;
  } catch (error) {
    const [userId, deviceId] = [Keys?.pk?.S?.slice('USER#'.length), Keys?.sk?.S?.slice('DEVICE#'.length)];
    log.error('Endpoint not removed', { userId, deviceId, error: errorOf(error) });
    return false;
  }
}
