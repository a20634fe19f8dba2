import type { DynamoDBBatchResponse, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { type Listing, listingPrefix } from '../meetings/listing.ts';
import { listingStore } from '../meetings/listingStore.ts';
import { meetingStore } from '../meetings/meetingStore.ts';
import type { Person } from '../meetings/presentMeeting.ts';
import { withoutUser } from '../meetings/withoutUser.ts';
import { inParallel } from '../runtime/inParallel.ts';
import { errorOf, log } from '../runtime/log.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { deviceImageSchema } from './deviceImage.ts';
import { deviceStore } from './deviceStore.ts';
import { directory } from './directory.ts';
import { removeEndpoint } from './endpointStore.ts';
import type { User } from './user.ts';

const entriesAtOnce = 100;
const meetingsAtOnce = 5;

/** Of changes of one meeting that meet, one wins each time. */
const attempts = 10;

/**
 * The table's stream, filtered to users who were deleted and to devices that had an endpoint of SNS: removes what
 * is kept of them elsewhere, as their rows are now, however often it is told.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const { dynamodb } of event.Records) {
    const [pk, sk, sequenceNumber] = [dynamodb?.Keys?.pk?.S, dynamodb?.Keys?.sk?.S, dynamodb?.SequenceNumber];
    if (!dynamodb || !pk || !sk || !sequenceNumber) throw new Error('A stream record has no key');
    const isDone = sk === 'USER' ? await onDeleteUser(pk.slice('USER#'.length)) : await onDeviceGone(dynamodb);
    if (!isDone) batchItemFailures.push({ itemIdentifier: sequenceNumber });
  }
  return { batchItemFailures };
}

/** Whether nothing is left of a user who was deleted but that he was. */
async function onDeleteUser(userId: string): Promise<boolean> {
  const users = directory(table());
  try {
    const user = await users.find(userId);
    if (!user?.erasing) return true;
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

/** Takes a user out of his meetings, each apart: one that fails keeps its entry, and comes again. */
async function leaveMeetings(user: Person): Promise<boolean> {
  const listings = listingStore(table());
  let after: string | undefined;
  let isDone = true;
  for (let more = true; more; ) {
    const page = await listings.read(user.id, { after }, entriesAtOnce);
    const left = await inParallel(page.entries, meetingsAtOnce, (entry) => leaveMeeting(entry, user));
    await listings.remove(
      user.id,
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
