import { isSameAddress } from '../users/addressIdentity.ts';
import type { Meeting, Participant } from './meeting.ts';

/** So many are named; of more it is said how many. */
const mostNamed = 20;

/** Who was invited to a meeting, as its organizer is told. */
export interface InvitedPeople {
  /** Their names, addresses or numbers. */
  readonly people: readonly string[];
  /** How many there are beside them. */
  readonly more: number;
}

/** The ids of the users whose names `invitedPeople` asks for: who were named by nothing else. */
export function usersToName(meeting: Meeting): string[] {
  return othersIn(meeting)
    .slice(0, mostNamed)
    .flatMap((person) => (calledOf(person, new Map()) === undefined ? (person.userId ?? []) : []));
}

/**
 * Who was invited to a meeting, in the order of its list: the first 20 by name, without the organizer.
 *
 * @param names what users are called, by id
 */
export function invitedPeople(meeting: Meeting, names: ReadonlyMap<string, string>): InvitedPeople {
  const first = othersIn(meeting).slice(0, mostNamed);
  const people = first.flatMap((person) => calledOf(person, names) ?? []);
  return { people, more: othersIn(meeting).length - people.length };
}

function othersIn({ participants, organizerId, organizer }: Meeting): Participant[] {
  return participants.filter(({ userId, email }) =>
    userId === undefined ? !isSameAddress(email, organizer?.email) : userId !== organizerId,
  );
}

function calledOf({ name, userId, email, phone }: Participant, names: ReadonlyMap<string, string>): string | undefined {
  return name ?? email ?? phone ?? names.get(userId ?? '');
}
