import type { NewId } from '../runtime/ids.ts';
import type { InputFault } from '../runtime/refusal.ts';
import { addressIdentity, isSameAddress } from '../users/addressIdentity.ts';
import type { Meeting, Participant } from './meeting.ts';
import { participantIdLength, unknownFields } from './meeting.ts';
import type { PatchedParticipant } from './meetingPatch.ts';
import {
  cohostFaults,
  distinctPeople,
  type Identified,
  identityFields,
  identityOf,
  type Owners,
  ownerIn,
} from './people.ts';
import { isOrganizer, type Organizer } from './scheduleMeeting.ts';

interface Circumstances {
  readonly organizer: Organizer;
  /** That of the meeting, where the change concerns anybody. */
  readonly sequence: number;
  readonly now: Date;
  readonly newId: NewId;
  /** Whose verified addresses those of participants are, of the users who are named. */
  readonly owners?: Owners | undefined;
  /** What users are called who have a name, by id. */
  readonly names?: ReadonlyMap<string, string> | undefined;
}

type People = Pick<Meeting, 'participants' | 'removed'>;

/**
 * The people of a meeting after its list has been replaced.
 *
 * An entry is the participant with its `id`, else with its user, address or number. Who keeps their addresses keeps their
 * id, and hears of nothing; a further address of theirs is invited, and whoever is written by their mobile number, where
 * it was spelt as a landline's, anew. Who loses an address, or comes back, becomes a new participant, who is invited. The
 * old one is taken off with what they lost: no address is left both to them and to somebody who takes part.
 */
export function replacePeople(
  meeting: People,
  entries: readonly PatchedParticipant[],
  circumstances: Circumstances,
): People & { faults: InputFault[] } {
  const unknown = unknownIds(meeting, entries);
  const named = entries.map((entry) => withOrganizersAddresses(entry, meeting, circumstances));
  const list = distinctPeople(named, circumstances.owners);
  const faults = [...unknown, ...cohostFaults(named), ...list.faults];
  if (faults.length > 0) return { ...meeting, faults };
  const matched = matchToParticipants(list.people, meeting.participants);
  const participants = list.people.map((entry) => {
    const before = matched.get(entry);
    return participantOf(before ? withoutKnownAddresses(entry, before, circumstances) : entry, before, circumstances);
  });
  return { participants, removed: removedAfter(meeting, participants, circumstances), faults };
}

function unknownIds({ participants }: People, entries: readonly PatchedParticipant[]): InputFault[] {
  const known = new Set(participants.map(({ id }) => id));
  return entries.flatMap(({ id }, index) => {
    if (id === undefined || known.has(id)) return [];
    return [{ path: `/participants/${index}/id`, message: 'must be the id of a participant of this meeting' }];
  });
}

/**
 * An entry with its addresses where it names a participant by `id` alone, or as the user whose address they were
 * invited by, and as the organizer where it is they.
 */
function withOrganizersAddresses(
  entry: PatchedParticipant,
  { participants }: People,
  { organizer, owners }: Circumstances,
): PatchedParticipant {
  const named = entry.userId === undefined && entry.email === undefined && entry.phone === undefined;
  if (named) {
    const { userId, email, phone, name, language, role, required } =
      participants.find(({ id }) => id === entry.id) ?? {};
    return { userId, email, phone, name, language, role, required, ...entry };
  }
  const isUserAlone = entry.userId !== undefined && !hasAddress(entry);
  const invited = isUserAlone && participants.find((person) => ownerIn(owners, person) === entry.userId);
  if (invited) return { email: invited.email, phone: invited.phone, ...entry };
  return isOrganizer(entry, organizer) ? { ...entry, userId: organizer.id } : entry;
}

/** Whoever was named as a user alone is reached at their own addresses already: naming one of those changes nothing. */
function withoutKnownAddresses(
  entry: PatchedParticipant,
  before: Participant,
  { owners, organizer }: Circumstances,
): PatchedParticipant {
  if (before.userId === undefined || hasAddress(before) || !hasAddress(entry)) return entry;
  const own = before.userId === organizer.id ? [organizer.email, organizer.phone] : [];
  const isTheirs = (address: string) =>
    owners?.get(addressIdentity(address)) === before.userId || own.some((one) => isSameAddress(one, address));
  const given = [entry.email, entry.phone].filter((address) => address !== undefined);
  return given.every(isTheirs) ? { ...entry, email: undefined, phone: undefined } : entry;
}

/** Who each entry was before: one participant for one entry, and an `id` counts before a user, a user before an address. */
function matchToParticipants(
  entries: readonly PatchedParticipant[],
  participants: readonly Participant[],
): Map<PatchedParticipant, Participant> {
  const found = new Map<PatchedParticipant, Participant>();
  const taken = new Set<Participant>();
  for (const identity of identityFields) {
    const identify = ({ [identity]: value }: Identified) => value && identityOf(identity, value);
    const byIdentity = new Map(participants.map((person) => [identify(person), person]));
    for (const entry of entries.filter((one) => one[identity] !== undefined && !found.has(one))) {
      const person = byIdentity.get(identify(entry));
      if (!person || taken.has(person)) continue;
      found.set(entry, person);
      taken.add(person);
    }
  }
  return found;
}

function participantOf(
  entry: PatchedParticipant,
  before: Participant | undefined,
  { sequence, newId, names }: Circumstances,
): Participant {
  if (before && keepsAddresses(before, entry)) {
    const { told, invited } = isTextableNow(before, entry) ? { told: sequence, invited: sequence } : before;
    // The directory's name of whoever the meeting does not name comes back as it was read: it stays the directory's.
    const isRead = before.name === undefined && entry.name === names?.get(before.userId ?? '');
    return { ...unknownFields(before), ...entry, ...(isRead ? { name: undefined } : {}), id: before.id, told, invited };
  }
  return { ...entry, id: newId(participantIdLength), told: sequence, invited: sequence };
}

/** Whether a number that was a landline's is spelt as the mobile that it is, so that an SMS reaches it for the first time. */
function isTextableNow(before: Participant, { phone }: PatchedParticipant): boolean {
  return before.phoneType === 'landline' && phone !== undefined && phone !== before.phone;
}

type Named = Pick<PatchedParticipant, 'userId' | 'email' | 'phone'>;

/** Whether whatever reached a person before reaches them still. */
function keepsAddresses(before: Named, after: Named): boolean {
  if (hasAddress(before)) return !hasAddress(lostAddresses(before, after));
  return before.userId === after.userId && !hasAddress(after);
}

function lostAddresses<Person extends Named>(before: Person, after: Named): Person {
  const sameEmail = isSameAddress(before.email, after.email);
  const samePhone = isSameAddress(before.phone, after.phone);
  return {
    ...before,
    email: sameEmail ? undefined : before.email,
    phone: samePhone ? undefined : before.phone,
  };
}

function identityIn(address: string | undefined): string | undefined {
  return address && addressIdentity(address);
}

function hasAddress({ email, phone }: Named): boolean {
  return email !== undefined || phone !== undefined;
}

/** Whoever takes part no more, with those addresses that nobody has who is invited. */
function removedAfter(
  before: People,
  participants: readonly Participant[],
  { organizer, sequence, now }: Circumstances,
): Participant[] {
  const staying = new Set(participants.map(({ id }) => id));
  const leaving = before.participants.filter(({ id, userId }) => !staying.has(id) && userId !== organizer.id);
  const invited = participants.filter(({ userId }) => userId !== organizer.id);
  const inUse = new Set(invited.flatMap(({ email, phone }) => [email, phone].map(identityIn)));
  const free = (address: string | undefined) => (inUse.has(identityIn(address)) ? undefined : address);
  const takenOff = leaving.map((person) => ({ ...person, told: sequence, takenOff: now }));
  return [...before.removed, ...takenOff].flatMap((person) => {
    const rest = { ...person, email: free(person.email), phone: free(person.phone) };
    return hasAddress(person) && !hasAddress(rest) ? [] : [rest];
  });
}
