import * as z from 'zod/mini';
import { errorOf, log } from '../runtime/log.ts';
import { UnreadableRow } from '../runtime/refusals/unreadableRow.ts';
import { parseRows } from '../runtime/row.ts';
import { getRows, type Table } from '../runtime/table.ts';
import { addressIdentity } from './addressIdentity.ts';
import type { Caller } from './caller.ts';
import type { Claims } from './claims.ts';
import { capabilitiesOf, givenNameOf, type User, userSchema } from './user.ts';
import { deleted, erased, type Profile, type Provision, present, provisioned, seen, withProfile } from './userEntry.ts';
import { addressIdentitiesOf, addressKey, idOfUserKey, userKey } from './userRows.ts';
import { userStore } from './userStore.ts';

const addressRowSchema = z.object({ pk: z.string(), userId: z.string() });

/** Who the service knows: users made from the claims of their tokens, and found again by their verified addresses. */
export function directory(table: Table) {
  const store = userStore(table);
  return {
    /**
     * The user behind a token, made at their first call; later calls refresh their entry at most hourly.
     *
     * @throws Refusal `user-deleted`
     */
    async admit(claims: Claims, now: Date): Promise<Caller> {
      const user = await store.change(claims.id, (known) => seen(known, claims, now), now);
      const capabilities = new Set(capabilitiesOf({ ...user, capabilities: [...claims.capabilities] }));
      return { ...claims, capabilities, admin: capabilities.has('admin') };
    },

    /** @throws UnreadableRow */
    find: store.get,

    /** The same, where it does not matter much: undefined, and a line in the log, where their entry cannot be read. */
    async findReadable(id: string): Promise<User | undefined> {
      try {
        return await store.get(id);
      } catch (error) {
        if (!(error instanceof UnreadableRow)) throw error;
        log.error('User left out', { userId: id, error: errorOf(error) });
        return undefined;
      }
    },

    /** A user who is there. @throws Refusal `user-not-found`, `user-gone` */
    async get(id: string): Promise<User> {
      return present(await store.get(id));
    },

    /** The users among `ids` that are known and not deleted, by id. */
    async findAll(ids: readonly string[]): Promise<Map<string, User>> {
      return new Map([...(await this.findEvery(ids))].filter(([, user]) => !user.deleted));
    },

    /**
     * Who is named: those of `ids` that no user has, nor had before they were deleted, which of `addresses` are
     * verified addresses of the others, by what identifies the address, and the names of those who have one, by id.
     */
    async whoIs(
      ids: readonly string[],
      addresses: readonly string[],
    ): Promise<{
      unknownUsers: ReadonlySet<string>;
      owners: ReadonlyMap<string, string>;
      names: ReadonlyMap<string, string>;
    }> {
      const { known, unreadable } = await this.findListed(ids);
      const theirs = new Set([...known.values()].flatMap((user) => (user.deleted ? [] : addressIdentitiesOf(user))));
      const owners = await this.ownersOf(addresses.filter((address) => theirs.has(addressIdentity(address))));
      const unknownUsers = new Set(ids.filter((id) => !known.has(id) && !unreadable.includes(id)));
      return { unknownUsers, owners, names: namesIn(known) };
    },

    /** What those of `ids` are called who have a name, by id. */
    async namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      return namesIn(await this.findEvery(ids));
    },

    /** The users among `ids` as they are at this moment, the tombstones of those deleted too, whose entries can be read. */
    async findEvery(ids: readonly string[]): Promise<Map<string, User>> {
      return (await this.findListed(ids)).known;
    },

    /** The same, by id, and apart from them the ids of those users whose entries another release wrote. */
    async findListed(
      ids: readonly string[],
    ): Promise<{ readonly known: Map<string, User>; readonly unreadable: readonly string[] }> {
      const rows = await getRows(table, [...new Set(ids)].map(userKey), { consistent: true });
      const { read, unreadable } = parseRows(userSchema, rows);
      const faults = unreadable.map((fault) => ({ userId: idOfUserKey(fault.key), error: errorOf(fault) }));
      for (const fault of faults) log.error('User left out', fault);
      return { known: new Map(read.map((user) => [user.id, user])), unreadable: faults.map(({ userId }) => userId) };
    },

    /** The ids of the users to whom verified addresses belong at this moment, by what identifies the address. */
    async ownersOf(addresses: readonly string[]): Promise<Map<string, string>> {
      const keys = new Map(addresses.map(addressKey).map((key) => [key.pk, key]));
      const read = await getRows(table, [...keys.values()], { consistent: true });
      const rows = parseRows(addressRowSchema, read);
      for (const fault of rows.unreadable) log.error('Owner of an address left out', { error: errorOf(fault) });
      return new Map(rows.read.map(({ pk, userId }) => [pk.slice(pk.indexOf('#') + 1), userId]));
    },

    /** The user who goes by an alias, a username or an id, without regard to case. */
    async findByAlias(name: string): Promise<User | undefined> {
      const id = await store.holderOf(name);
      const user = id === undefined ? undefined : await store.get(id);
      return user?.deleted ? undefined : user;
    },

    /** The same, or who gave the name up within a year: links that they have sent end in it. */
    async findByLinkName(name: string, now: Date): Promise<User | undefined> {
      const id = await store.latestHolderOf(name, now);
      const user = id === undefined ? undefined : await store.get(id);
      return user?.deleted ? undefined : user;
    },

    /**
     * Changes the profile of a user who is known.
     *
     * @throws Refusal `alias-taken`, `user-deleted`
     */
    changeProfile(id: string, changes: Profile, now: Date): Promise<User> {
      return store.change(id, (user) => withProfile(user, changes), now);
    },

    /**
     * Enters what an admin says of a user, known or not.
     *
     * @throws Refusal `alias-taken`, `invalid-input`, `user-gone`
     */
    provision(id: string, provision: Provision, now: Date): Promise<User> {
      return store.change(id, (user) => provisioned(user, id, provision, now), now);
    },

    /** Makes a tombstone of a user, who may be one already. @throws Refusal `user-not-found` */
    async remove(id: string, now: Date): Promise<void> {
      await store.change(id, deleted, now);
    },

    /** Ends the removal of a user: nothing is left but that their id was used. */
    async erase(id: string, now: Date): Promise<void> {
      await store.change(id, erased, now);
    },
  };
}

function namesIn(users: ReadonlyMap<string, User>): ReadonlyMap<string, string> {
  return new Map(
    [...users].flatMap(([id, user]) => {
      const name = user.deleted ? undefined : givenNameOf(user);
      return name === undefined ? [] : [[id, name] as const];
    }),
  );
}

export type Directory = ReturnType<typeof directory>;
