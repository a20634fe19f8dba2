import type { ChangedStore } from '../../meetings/changed/changedStore.ts';
import { leaveMeetings } from '../../meetings/leaveMeetings.ts';
import type { ListingStore } from '../../meetings/listings/listingStore.ts';
import type { MeetingStore } from '../../meetings/meetingStore.ts';
import type { VerifiedPerson } from '../../meetings/presentMeeting.ts';
import type { VisitStore } from '../../rooms/attendance/visitStore.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { addressIdentity } from '../../users/addressIdentity.ts';
import type { DeviceStore } from '../../users/deviceStore.ts';
import type { Directory } from '../../users/directoryStore.ts';
import type { User } from '../../users/user.ts';

interface UserServices {
  readonly users: Directory;
  readonly devices: DeviceStore;
  readonly listings: ListingStore;
  readonly meetings: MeetingStore;
  readonly changed: Pick<ChangedStore, 'note'>;
  readonly visits: Pick<VisitStore, 'forget'>;
}

type Clock = () => Date;

/** Lists for a user the meetings that their addresses were invited to before they had verified them. */
export async function listAddresses(
  user: User,
  { users, listings, changed }: UserServices,
  clock: Clock,
): Promise<void> {
  const { email, phone } = await personOf(user, users);
  for (const address of [email, phone].filter((one) => one !== undefined)) {
    const meetingIds = await listings.adopt(user.id, address);
    await changed.note([user.id], meetingIds, clock());
  }
}

/** Removes what is kept of a user who was deleted. @returns whether nothing is left but that they were */
export async function removeUser(user: User, services: UserServices, clock: Clock): Promise<boolean> {
  const { id: userId } = user;
  const { users, devices, visits } = services;
  try {
    const onFailure = (meetingId: string, error: unknown) => logFailure({ userId, meetingId }, error);
    if (
      !(await leaveMeetings(await personOf(user, users), {
        ...services,
        clock,
        forgetVisits: visits.forget,
        onFailure,
      }))
    )
      return false;
    for (const deviceId of await devices.idsOfUser(userId)) await devices.unregister(userId, deviceId);
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

function logFailure(ids: { userId: string; meetingId?: string }, error: unknown): false {
  log.error('Process onDeleteUser failed', { ...ids, error: errorOf(error) });
  return false;
}
