import type { InputFault } from '../runtime/refusal.ts';
import { addressIdentity } from '../users/addressIdentity.ts';

/** The ways in which an entry says who it is; `id` is that of a participant there was before. */
export const identityFields = ['id', 'userId', 'email', 'phone'] as const;
export type IdentityField = (typeof identityFields)[number];

export type Identified = { readonly [K in IdentityField]?: string | undefined };

type Invited = readonly Identified[];

/** The ids of users by which people are named. */
export function userIdsOf(people: Invited): string[] {
  return people.flatMap(({ userId }) => (userId === undefined ? [] : [userId]));
}

/** The addresses and numbers by which people are named. */
export function addressesIn(people: Invited): string[] {
  return people.flatMap(({ email, phone }) => [email, phone].filter((address) => address !== undefined));
}

/** One fault for each entry that names a user who never was: nothing would ever reach them. Who was deleted is taken off by what follows. */
export function unknownUserFaults(people: Invited, unknown: ReadonlySet<string> | undefined): InputFault[] {
  const message = 'must be the id of a known user';
  return people.flatMap(({ userId }, index) =>
    userId !== undefined && unknown?.has(userId) ? [{ path: `/participants/${index}/userId`, message }] : [],
  );
}

/** Only a user can be known to be the host, and say so to the API. */
export function cohostFaults(people: readonly (Identified & { readonly role?: string | undefined })[]): InputFault[] {
  const message = 'must stand beside a userId: co-hosts are users';
  return people.flatMap(({ role, userId }, index) =>
    role === 'cohost' && userId === undefined ? [{ path: `/participants/${index}/role`, message }] : [],
  );
}

/** The ids of users, by what identifies the addresses that they verified. */
export type Owners = ReadonlyMap<string, string>;

/** The user whose address an entry names, where it names no user itself. */
export function ownerIn(owners: Owners | undefined, { userId, email, phone }: Identified): string | undefined {
  if (userId !== undefined || !owners) return undefined;
  const given = [email, phone].filter((address) => address !== undefined);
  return given.map((address) => owners.get(addressIdentity(address))).find((owner) => owner !== undefined);
}

interface Entry<Person> {
  readonly index: number;
  readonly person: Person;
}

/**
 * Makes one participant of entries that name the same user, by their id or an address of theirs, or the same address or
 * number. Entries that agree
 * are joined; a fault names those that share one identity and differ in another.
 */
export function distinctPeople<Person extends Identified>(
  entries: readonly Person[],
  owners?: Owners,
): { people: Person[]; faults: InputFault[] } {
  const known = new Map<string, Entry<Person>>();
  const people = new Set<Entry<Person>>();
  const faults: InputFault[] = [];
  for (const [index, person] of entries.entries()) {
    const alike = [...new Set(identitiesOf(person, owners).flatMap((identity) => known.get(identity) ?? []))];
    const same = alike.filter((entry) => !areApart(entry.person, person));
    const fault = [
      ...same.flatMap((entry) => identityConflicts(entry, person, index)),
      ...joinConflicts(same, index),
    ][0];
    if (fault) {
      faults.push(fault);
      continue;
    }
    const [first = { index, person }] = same;
    const joined = {
      index: first.index,
      person: Object.assign({}, person, ...same.map((entry) => fieldsGiven(entry.person))),
    };
    for (const entry of same) people.delete(entry);
    people.add(joined);
    for (const identity of identitiesOf(joined.person, owners)) known.set(identity, joined);
  }
  const inOrder = [...people].sort((one, other) => one.index - other.index);
  return { people: inOrder.map(({ person }) => person), faults };
}

/** What an entry says: what it leaves out is no word against another that names the same person. */
function fieldsGiven(person: object): object {
  return Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined));
}

/** Texts that are equal exactly where two entries share an identity. */
function identitiesOf(person: Identified, owners: Owners | undefined): string[] {
  const owner = ownerIn(owners, person);
  const named = identityFields.flatMap((identity) => {
    const value = person[identity];
    return value === undefined ? [] : [`${identity} ${identityOf(identity, value)}`];
  });
  return owner === undefined ? named : [...named, `userId ${owner}`];
}

/** Ids are equal as they are; addresses may be spelt in several ways. */
export function identityOf(identity: IdentityField, value: string): string {
  return identity === 'email' || identity === 'phone' ? addressIdentity(value) : value;
}

/**
 * Whether two entries are participants of their own, whom only the directory takes for one person: they were when they were
 * invited, and whoever changes something else need not settle it.
 */
function areApart(one: Identified, other: Identified): boolean {
  if (one.id === undefined || other.id === undefined || one.id === other.id) return false;
  return !identityFields.some((identity) => compareIdentity(identity, one, other) === 'same');
}

/** An entry that names two at once makes one of them only where they do not differ. */
function joinConflicts(same: readonly Entry<Identified>[], index: number): InputFault[] {
  const [first, ...others] = same;
  if (!first) return [];
  return others.flatMap((other) =>
    identityConflicts(first, other.person, other.index).length === 0
      ? []
      : [
          {
            path: `/participants/${index}`,
            message: `names both /participants/${first.index} and /participants/${other.index}`,
          },
        ],
  );
}

function identityConflicts(known: Entry<Identified>, person: Identified, index: number): InputFault[] {
  const message = `differs from that of /participants/${known.index}, who is the same person`;
  return differingIdentities(known.person, person).map((identity) => {
    return { path: `/participants/${index}/${identity}`, message };
  });
}

/** The identities that two entries both have, and have differently. */
export function differingIdentities(one: Identified, other: Identified): IdentityField[] {
  return identityFields.filter((identity) => compareIdentity(identity, one, other) === 'other');
}

/** Undefined where one of them has none. */
function compareIdentity(identity: IdentityField, one: Identified, other: Identified): 'same' | 'other' | undefined {
  const [mine, others] = [one[identity], other[identity]];
  if (mine === undefined || others === undefined) return undefined;
  return identityOf(identity, mine) === identityOf(identity, others) ? 'same' : 'other';
}
