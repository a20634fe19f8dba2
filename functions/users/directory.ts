import * as z from 'zod/mini';
import { Refusal } from '../runtime/refusal.ts';
import { failedConditions, getRow, getRows, type Key, type Table, transact } from '../runtime/table.ts';
import type { Caller } from './caller.ts';
import type { Claims } from './claims.ts';
import { type User, userSchema } from './user.ts';

const hourMilliseconds = 3_600_000;
const addressRowSchema = z.object({ pk: z.string(), userId: z.string() });

/** Who the service knows: users made from the claims of their tokens, and found again by their verified addresses. */
export function directory(table: Table) {
  return {
    /**
     * The user behind a token, made at his first call; later calls refresh his entry at most hourly.
     *
     * @throws Refusal `user-deleted`
     */
    async admit(claims: Claims, now: Date): Promise<Caller> {
      const known = await this.find(claims.id);
      if (known?.deleted) throw userDeleted();
      if (!known) await create(table, claims, now);
      else if (isStale(known, claims, now)) await refresh(table, known, claims, now);
      const capabilities = new Set(claims.capabilities);
      return { ...claims, capabilities, admin: capabilities.has('admin') };
    },

    async find(id: string): Promise<User | undefined> {
      const row = await getRow(table, userKey(id));
      return row && z.parse(userSchema, row);
    },

    /** The users among `ids` that are known and not deleted, by id. */
    async findAll(ids: readonly string[]): Promise<Map<string, User>> {
      const rows = await getRows(table, [...new Set(ids)].map(userKey));
      const users = rows.map((row) => z.parse(userSchema, row)).filter((user) => !user.deleted);
      return new Map(users.map((user) => [user.id, user]));
    },

    /** The ids of the users to whom verified addresses belong, by address. */
    ownersOf: (addresses: readonly string[]) => ownersOf(table, addresses),
  };
}

export type Directory = ReturnType<typeof directory>;

export function userKey(id: string): Key {
  return { pk: `USER#${id}`, sk: 'USER' };
}

async function ownersOf(table: Table, addresses: readonly string[]): Promise<Map<string, string>> {
  const keys = [...new Set(addresses)].map(addressKey);
  const rows = (await getRows(table, keys)).map((row) => z.parse(addressRowSchema, row));
  return new Map(rows.map(({ pk, userId }) => [pk.slice(pk.indexOf('#') + 1), userId]));
}

/** The look-up row of a mail address (in lower case) or of an E.164 number. */
function addressKey(address: string): Key {
  const key = address.startsWith('+') ? `PHONE#${address}` : `EMAIL#${address.toLowerCase()}`;
  return { pk: key, sk: key };
}

async function create(table: Table, claims: Claims, now: Date): Promise<void> {
  const seen = now.toISOString();
  const { id, username, email, phone, capabilities } = claims;
  const user = {
    ...userKey(id),
    id,
    username,
    email,
    mobilePhone: phone,
    capabilities,
    created: seen,
    lastLogin: seen,
  };
  const put = { TableName: table.name, Item: user, ConditionExpression: 'attribute_not_exists(pk)' };
  try {
    await transact(table, [{ Put: put }, ...addressPuts(table, claims, present([email, phone]))]);
  } catch (error) {
    // Another first call of the same user was faster, and wrote the same.
    if (!failedConditions(error).includes(0)) throw error;
  }
}

/** The newest verified owner of an address is its owner. */
function addressPuts(table: Table, { id }: Claims, addresses: readonly string[]) {
  return addresses.map((address) => ({
    Put: { TableName: table.name, Item: { ...addressKey(address), userId: id } },
  }));
}

function isStale(user: User, claims: Claims, now: Date): boolean {
  const unseen = now.getTime() - user.lastLogin.getTime();
  return unseen > hourMilliseconds || changedFacts(user, claims);
}

function changedFacts(user: User, claims: Claims): boolean {
  const same =
    user.username === claims.username &&
    user.email === claims.email &&
    user.mobilePhone === claims.phone &&
    user.capabilities.join(' ') === claims.capabilities.join(' ');
  return !same;
}

/** Writes what the token says now; an address that it no longer says stops leading to him. */
async function refresh(table: Table, user: User, claims: Claims, now: Date): Promise<void> {
  const given = present([claims.email, claims.phone]);
  const had = present([user.email, user.mobilePhone]);
  const lost = had.filter((address) => !given.includes(address));
  const owners = await ownersOf(table, lost);
  const releases = lost.filter((address) => owners.get(address) === user.id);
  const won = given.filter((address) => !had.includes(address));
  const update = {
    TableName: table.name,
    Key: userKey(user.id),
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(deleted)',
    ...setOrRemove({
      username: claims.username,
      email: claims.email,
      mobilePhone: claims.phone,
      capabilities: claims.capabilities,
      lastLogin: now.toISOString(),
    }),
  };
  const releasing = releases.map((address) => releaseAddress(table, user.id, address));
  try {
    await transact(table, [{ Update: update }, ...addressPuts(table, claims, won), ...releasing]);
  } catch (error) {
    throw failedConditions(error).includes(0) ? userDeleted() : error;
  }
}

function userDeleted(): Refusal {
  return new Refusal('forbidden', 'user-deleted', 'This user has been deleted.');
}

function present(addresses: readonly (string | undefined)[]): string[] {
  return addresses.filter((address) => address !== undefined);
}

function releaseAddress({ name }: Table, userId: string, address: string) {
  return {
    Delete: {
      TableName: name,
      Key: addressKey(address),
      ConditionExpression: 'attribute_not_exists(pk) OR userId = :user',
      ExpressionAttributeValues: { ':user': userId },
    },
  };
}

/** An update that sets what has a value and removes what has none. */
function setOrRemove(fields: Readonly<Record<string, unknown>>) {
  const names = Object.keys(fields);
  const set = names.filter((name) => fields[name] !== undefined);
  const removed = names.filter((name) => fields[name] === undefined);
  const sets = set.length > 0 ? [`SET ${set.map((name) => `#${name} = :${name}`).join(', ')}`] : [];
  const removes = removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : [];
  return {
    UpdateExpression: [...sets, ...removes].join(' '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(set.map((name) => [`:${name}`, fields[name]])),
  };
}
