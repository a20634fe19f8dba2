import * as z from 'zod/mini';
import { Refusal } from '../runtime/refusal.ts';
import { epochSeconds, parseRow, secondsPerDay } from '../runtime/row.ts';
import { getRow, type Key, type Row, repeatOvertaken, type Table, transact } from '../runtime/table.ts';
import { nameKey } from './names.ts';
import { type User, userSchema } from './user.ts';
import { addressIdentitiesOf, addressKey, aliasKey, directoryEntriesOf, namesOf, userKey } from './userRows.ts';

/** A name that was given up stays reserved for whoever had it, for a year. */
const reservedSeconds = 365 * secondsPerDay;

/** Of a name in use there is no `expiresAt`; of a reserved one it is in epoch seconds. */
const nameRowSchema = z.object({ userId: z.string(), expiresAt: z.optional(z.number()) });
const addressRowSchema = z.object({ userId: z.string() });

type NameRow = z.output<typeof nameRowSchema>;
type Write = Parameters<typeof transact>[1][number];

/** Keeps the entries of users, and with each, in one transaction, the rows by which they are found and listed. */
export function userStore(table: Table) {
  return {
    async get(id: string): Promise<User | undefined> {
      const row = await getRow(table, userKey(id));
      return row && parseRow(userSchema, row);
    },

    /**
     * Writes what `decide` makes of the entry as it is; nothing where that is the same object. What somebody else
     * writes in between is decided on anew.
     *
     * @throws Refusal `alias-taken`, and what `decide` throws
     */
    async change(id: string, decide: (user: User | undefined) => User, now: Date): Promise<User> {
      return repeatOvertaken(async () => {
        const before = await this.get(id);
        const after = decide(before);
        if (after !== before) await write(table, before, after, now);
        return after;
      });
    },

    /** The id of the user who goes by a name now. */
    async holderOf(name: string): Promise<string | undefined> {
      const holder = await holderRow(table, nameKey(name));
      return holder?.expiresAt === undefined ? holder?.userId : undefined;
    },

    /** The id of the user who goes by a name, or for whom it is still reserved. */
    async latestHolderOf(name: string, now: Date): Promise<string | undefined> {
      const holder = await holderRow(table, nameKey(name));
      return isFree(holder, now) ? undefined : holder?.userId;
    },
  };
}

async function write(table: Table, before: User | undefined, after: User, now: Date): Promise<void> {
  // What leads to a tombstone stays until all else of them has been removed.
  const lookUps = after.erasing ? [] : await lookUpWrites(table, before, after, now);
  await transact(table, [putUser(table, before, after), ...lookUps]);
}

async function lookUpWrites(table: Table, before: User | undefined, after: User, now: Date): Promise<Write[]> {
  const [addresses, names] = await Promise.all([
    addressWrites(table, before, after),
    nameWrites(table, before, after, now),
  ]);
  return [...addresses, ...names, ...entryWrites(table, before, after)];
}

function putUser(table: Table, before: User | undefined, after: User) {
  const row = { ...after, created: after.created.toISOString(), lastLogin: after.lastLogin?.toISOString() };
  return put(
    table,
    { ...userKey(after.id), ...row },
    before
      ? { condition: 'revision = :before', values: { ':before': before.revision } }
      : { condition: 'attribute_not_exists(pk)' },
  );
}

/** The newest verified owner of an address is its owner; one that they no longer have stops leading to them. */
async function addressWrites(table: Table, before: User | undefined, after: User): Promise<Write[]> {
  const [had, has] = [addressIdentitiesOf(before), addressIdentitiesOf(after)];
  const known = [...new Set([...had, ...has])];
  const owners = await Promise.all(known.map((address) => ownerOf(table, address)));
  return known.flatMap((address, index): Write[] => {
    const owner = owners[index];
    if (!has.includes(address)) return owner === after.id ? [release(table, addressKey(address), after.id)] : [];
    const won = owner === undefined || (owner !== after.id && !had.includes(address));
    return won ? [put(table, { ...addressKey(address), userId: after.id })] : [];
  });
}

async function ownerOf(table: Table, address: string): Promise<string | undefined> {
  const row = await getRow(table, addressKey(address));
  return row && z.parse(addressRowSchema, row).userId;
}

/** Names go to who comes first; an id or a username that somebody else has is gone without, an alias is refused. */
async function nameWrites(table: Table, before: User | undefined, after: User, now: Date): Promise<Write[]> {
  const [had, has] = [namesOf(before), namesOf(after)];
  const known = [...new Set([...had, ...has])];
  const holders = await Promise.all(known.map((key) => holderRow(table, key)));
  const wanted = after.alias !== before?.alias && after.alias !== undefined ? nameKey(after.alias) : undefined;
  return known.flatMap((key, index): Write[] => {
    const holder = holders[index];
    const mine = holder?.userId === after.id;
    if (!has.includes(key)) return mine && !holder.expiresAt ? [reserve(table, key, after.id, now)] : [];
    if (mine && !holder.expiresAt) return [];
    if (mine || isFree(holder, now)) return [claim(table, key, after.id, now)];
    if (key === wanted) throw new Refusal('conflict', 'alias-taken', 'This alias belongs, or belonged, to another.');
    return [];
  });
}

async function holderRow(table: Table, key: string): Promise<NameRow | undefined> {
  const row = await getRow(table, aliasKey(key));
  return row && z.parse(nameRowSchema, row);
}

/** DynamoDB may remove an expired row as much as two days late. */
function isFree(holder: NameRow | undefined, now: Date): boolean {
  return !holder || (holder.expiresAt !== undefined && holder.expiresAt <= epochSeconds(now));
}

function claim(table: Table, key: string, userId: string, now: Date) {
  const condition = 'attribute_not_exists(pk) OR userId = :user OR expiresAt <= :now';
  return put(
    table,
    { ...aliasKey(key), userId },
    { condition, values: { ':user': userId, ':now': epochSeconds(now) } },
  );
}

function reserve(table: Table, key: string, userId: string, now: Date) {
  const expiresAt = epochSeconds(now) + reservedSeconds;
  return put(
    table,
    { ...aliasKey(key), userId, expiresAt },
    { condition: 'userId = :user', values: { ':user': userId } },
  );
}

function entryWrites(table: Table, before: User | undefined, after: User): Write[] {
  const [had, has] = [directoryEntriesOf(before), directoryEntriesOf(after)];
  const isIn = (keys: readonly Key[]) => (key: Key) => keys.some(({ sk }) => sk === key.sk);
  const made = has.filter((key) => !isIn(had)(key)).map((key) => put(table, { ...key, userId: after.id }));
  const gone = had.filter((key) => !isIn(has)(key)).map((Key) => ({ Delete: { TableName: table.name, Key } }));
  return [...made, ...gone];
}

interface Expectation {
  readonly condition: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

function put({ name }: Table, Item: Row, expected?: Expectation): Write {
  const { condition: ConditionExpression, values: ExpressionAttributeValues } = expected ?? {};
  return { Put: { TableName: name, Item, ConditionExpression, ExpressionAttributeValues } };
}

function release({ name }: Table, Key: Key, userId: string): Write {
  return {
    Delete: {
      TableName: name,
      Key,
      ConditionExpression: 'attribute_not_exists(pk) OR userId = :user',
      ExpressionAttributeValues: { ':user': userId },
    },
  };
}

/** The part of a transaction that fails where a user has been deleted. */
export function userStands({ name }: Table, userId: string): Write {
  const ConditionExpression = 'attribute_not_exists(deleted)';
  return { ConditionCheck: { TableName: name, Key: userKey(userId), ConditionExpression } };
}
