import { addressIdentity } from '../users/addressIdentity.ts';
import type { Directory } from '../users/directoryStore.ts';
import type { User } from '../users/user.ts';
import type { Meeting, Participant } from './meeting.ts';

/** The participants of a meeting who are users, by participant id. */
export type Attendees = ReadonlyMap<string, User>;

/** The users among all people of a meeting, those taken off included. */
export async function attendeesOf(meeting: Meeting, users: Directory): Promise<Attendees> {
  return (await attendeesAndDeleted(meeting, users)).attendees;
}

/** The same, and apart from them those people of the meeting who were deleted, by participant id. */
export async function attendeesAndDeleted(
  { participants, removed }: Meeting,
  users: Directory,
): Promise<{ attendees: Attendees; deleted: Attendees }> {
  const known = await matchUsers([...participants, ...removed], users);
  const thoseWho = (holds: (user: User) => boolean) => new Map([...known].filter(([, user]) => holds(user)));
  return { attendees: thoseWho(({ deleted }) => !deleted), deleted: thoseWho(({ deleted }) => Boolean(deleted)) };
}

type Person = Pick<Participant, 'id' | 'userId' | 'email' | 'phone'>;

/** Finds the users among people: named by id, or owners of a verified address. */
export async function usersAmong(people: readonly Person[], users: Directory): Promise<Attendees> {
  return new Map([...(await matchUsers(people, users))].filter(([, user]) => !user.deleted));
}

async function matchUsers(people: readonly Person[], users: Directory): Promise<Attendees> {
  const unnamed = people.filter(({ userId }) => userId === undefined);
  const owners = await users.ownersOf(unnamed.flatMap(({ email, phone }) => [email, phone].filter(isGiven)));
  const ownerOf = (address: string | undefined) => address && owners.get(addressIdentity(address));
  const idOf = ({ userId, email, phone }: Person) => userId ?? ownerOf(email) ?? ownerOf(phone);
  const known = await users.findEvery(people.map(idOf).filter(isGiven));
  return new Map(
    people.flatMap((person) => {
      const user = known.get(idOf(person) ?? '');
      return user ? [[person.id, user] as const] : [];
    }),
  );
}

/** Where a person can be reached: a mail address, an E.164 number. */
export interface Addresses {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** What a participant was invited by; where that is their user id alone, the addresses that they verified. */
export function addressesOf(person: Participant, user: User | undefined): Addresses {
  if (person.email !== undefined || person.phone !== undefined) return { email: person.email, phone: person.phone };
  return { email: user?.email, phone: user?.mobilePhone };
}

/** Where each person of a meeting is to be reached; its organizer, by whatever they are named, is not invited to it. */
export function reachOf({ organizerId }: Meeting, attendees: Attendees): (person: Participant) => Addresses {
  return (person) => {
    const user = attendees.get(person.id);
    const isOrganizer = person.userId === organizerId || user?.id === organizerId;
    return isOrganizer ? {} : addressesOf(person, user);
  };
}

/** Where the organizer of a meeting is reached themselves: at the addresses that they verified; nowhere once they were deleted. */
export async function organizerReach(
  { organizerId }: Pick<Meeting, 'organizerId'>,
  users: Directory,
): Promise<Addresses> {
  const organizer = (await users.findAll([organizerId])).get(organizerId);
  return { email: organizer?.email, phone: organizer?.mobilePhone };
}

function isGiven(value: string | undefined): value is string {
  return value !== undefined;
}
