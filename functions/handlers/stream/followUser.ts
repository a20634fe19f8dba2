import { type Listing, listingPartition, listingPrefix } from '../../meetings/listings/listing.ts';
import type { ListingStore } from '../../meetings/listings/listingStore.ts';
import type { MeetingStore } from '../../meetings/meetingStore.ts';
import type { VerifiedPerson } from '../../meetings/presentMeeting.ts';
import { withoutUser } from '../../meetings/withoutUser.ts';
import { inParallel } from '../../runtime/inParallel.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { addressIdentity } from '../../users/addressIdentity.ts';
import type { DeviceStore } from '../../users/deviceStore.ts';
import type { Directory } from '../../users/directoryStore.ts';
import type { User } from '../../users/user.ts';
import { addressKey } from '../../users/userRows.ts';

const entriesAtOnce = 100;
const meetingsAtOnce = 5;

/** Of changes of one meeting that meet, one wins each time. */
const attempts = 10;

interface UserServices {
  readonly users: Directory;
  readonly devices: DeviceStore;
  readonly listings: ListingStore;
  readonly meetings: MeetingStore;
}

type Clock = () => Date;

/** Lists for a user the meetings that their addresses were invited to before they had verified them. */
export async function listAddresses(user: User, { users, listings }: UserServices): Promise<void> {
  const { email, phone } = await personOf(user, users);
  for (const address of [email, phone]) if (address !== undefined) await listings.adopt(user.id, address);
}

/** Removes what is kept of a user who was deleted. @returns whether nothing is left but that they were */
export async function removeUser(user: User, services: UserServices, clock: Clock): Promise<boolean> {
  const { id: userId } = user;
  const { users, devices } = services;
  try {
    if (!(await leaveMeetings(await personOf(user, users), services, clock))) return false;
    for (const { deviceId } of await devices.ofUser(userId)) await devices.unregister(userId, deviceId);
    await users.erase(userId, clock());
    log.info('User removed', { userId });
    return true;
  } catch (error) {
    return logFailure({ userId }, error);
  }
}

/** The user, and those of their addresses that are not another's by now. */
async function personOf({ id, email, mobilePhone }: User, users: Directory): Promise<VerifiedPerson> {
  const owners = await users.ownersOf([email, mobilePhone].filter((address) => address !== undefined));
  const own = (address: string | undefined) =>
    address && owners.get(addressIdentity(address)) === id ? address : undefined;
  return { id, email: own(email), phone: own(mobilePhone) };
}

/** Takes a user out of what they are listed for, and what their addresses were invited to and they not listed for yet. */
async function leaveMeetings(user: VerifiedPerson, services: UserServices, clock: Clock): Promise<boolean> {
  const addresses = [user.email, user.phone].filter((address) => address !== undefined);
  const partitions = [listingPartition(user.id), ...addresses.map((address) => addressKey(address).pk)];
  let isDone = true;
  for (const partition of partitions) isDone = (await leaveListed(partition, user, services, clock)) && isDone;
  return isDone;
}

/** Each meeting apart: one that fails keeps its entry, and comes again. */
async function leaveListed(
  partition: string,
  user: VerifiedPerson,
  services: UserServices,
  clock: Clock,
): Promise<boolean> {
  const { listings } = services;
  let after: string | undefined;
  let isDone = true;
  for (let more = true; more; ) {
    const page = await listings.readPartition(partition, { after }, entriesAtOnce);
    const left = await inParallel(page.entries, meetingsAtOnce, (entry) => leaveMeeting(entry, user, services, clock));
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

async function leaveMeeting(
  { meetingId }: Listing,
  user: VerifiedPerson,
  { meetings }: UserServices,
  clock: Clock,
): Promise<boolean> {
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const meeting = await meetings.get(meetingId);
      const next = meeting && withoutUser(meeting, user, clock());
      if (!meeting || !next || next === meeting || (await meetings.change(meeting, next))) return true;
    }
    throw new Error('The meeting is being changed over and over');
  } catch (error) {
    return logFailure({ userId: user.id, meetingId }, error);
  }
}

function logFailure(ids: { userId: string; meetingId?: string }, error: unknown): false {
  log.error('Process onDeleteUser failed', { ...ids, error: errorOf(error) });
  return false;
}
