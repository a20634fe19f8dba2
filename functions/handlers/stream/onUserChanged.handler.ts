import type { DynamoDBBatchResponse, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { type Listing, listingPartition, listingPrefix } from '../../meetings/listing.ts';
import { listingStore } from '../../meetings/listingStore.ts';
import { meetingStore } from '../../meetings/meetingStore.ts';
import type { Person } from '../../meetings/presentMeeting.ts';
import { withoutUser } from '../../meetings/withoutUser.ts';
import { inParallel } from '../../runtime/inParallel.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { settings } from '../../runtime/settings.ts';
import { table } from '../../runtime/table.ts';
import { deviceImageSchema } from '../../users/deviceImage.ts';
import { deviceStore } from '../../users/deviceStore.ts';
import { directory } from '../../users/directory.ts';
import { removeEndpoint } from '../../users/endpointStore.ts';
import type { User } from '../../users/user.ts';
import { addressKey } from '../../users/userRows.ts';

const entriesAtOnce = 100;
const meetingsAtOnce = 5;

/** Of changes of one meeting that meet, one wins each time. */
const attempts = 10;

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
    const user = await directory(table()).find(userId);
    if (user?.erasing) return await onDeleteUser(user);
    if (user?.newAddress) await onNewAddress(user);
    return true;
  } catch (error) {
    log.error('User change not followed', { userId, error: errorOf(error) });
    return false;
  }
}

/** Lists for a user the meetings that his addresses were invited to before he had verified them. */
async function onNewAddress(user: User): Promise<void> {
  const { email, phone } = await personOf(user);
  for (const address of [email, phone]) if (address !== undefined) await listingStore(table()).adopt(user.id, address);
}

/** Whether nothing is left of a user who was deleted but that he was. */
async function onDeleteUser(user: User): Promise<boolean> {
  const { id: userId } = user;
  const users = directory(table());
  try {
    if (!(await leaveMeetings(await personOf(user)))) return false;
    const devices = deviceStore(table());
    for (const { deviceId } of await devices.ofUser(userId)) await devices.unregister(userId, deviceId);
    await users.erase(userId, new Date());
    log.info('User removed', { userId });
    return true;
  } catch (error) {
    return failed({ userId }, error);
  }
}

/** He and those of his addresses that are not another's by now. */
async function personOf({ id, email, mobilePhone }: User): Promise<Person> {
  const owners = await directory(table()).ownersOf([email, mobilePhone].filter((address) => address !== undefined));
  const own = (address: string | undefined) => (owners.get(address ?? '') === id ? address : undefined);
  return { id, email: own(email), phone: own(mobilePhone) };
}

/** Takes a user out of what he is listed for, and what his addresses were invited to and he not listed for yet. */
async function leaveMeetings(user: Person): Promise<boolean> {
  const addresses = [user.email, user.phone].filter((address) => address !== undefined);
  const partitions = [listingPartition(user.id), ...addresses.map((address) => addressKey(address).pk)];
  let isDone = true;
  for (const partition of partitions) isDone = (await leaveListed(partition, user)) && isDone;
  return isDone;
}

/** Each meeting apart: one that fails keeps its entry, and comes again. */
async function leaveListed(partition: string, user: Person): Promise<boolean> {
  const listings = listingStore(table());
  let after: string | undefined;
  let isDone = true;
  for (let more = true; more; ) {
    const page = await listings.readPartition(partition, { after }, entriesAtOnce);
    const left = await inParallel(page.entries, meetingsAtOnce, (entry) => leaveMeeting(entry, user));
    await listings.removeFrom(
      partition,
      page.entries.filter((_, index) => left[index]),
    );
    isDone &&= left.every(Boolean);
    more = page.more;
    after = page.entries.at(-1)?.sk.slice(listingPrefix.length);
  }
  return isDone;
}

async function leaveMeeting({ meetingId }: Listing, user: Person): Promise<boolean> {
  const meetings = meetingStore(table(), settings().retentionDays);
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const meeting = await meetings.get(meetingId);
      const next = meeting && withoutUser(meeting, user, new Date());
      if (!meeting || !next || next === meeting || (await meetings.change(meeting, next))) return true;
    }
    throw new Error('The meeting is being changed over and over');
  } catch (error) {
    return failed({ userId: user.id, meetingId }, error);
  }
}

function failed(ids: { userId: string; meetingId?: string }, error: unknown): false {
  log.error('Process onDeleteUser failed', { ...ids, error: errorOf(error) });
  return false;
}

/** Whether SNS has forgotten a device that is gone, or has another token; who else has its token now goes on with it. */
async function onDeviceGone({ OldImage }: StreamRecord): Promise<boolean> {
  const { userId, deviceId, token, endpointArn } = z.parse(deviceImageSchema, OldImage);
  try {
    if (!(await deviceStore(table()).isRegistered(token))) await removeEndpoint(endpointArn, settings());
    return true;
  } catch (error) {
    log.error('Endpoint not removed', { userId, deviceId, error: errorOf(error) });
    return false;
  }
}
