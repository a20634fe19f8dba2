import { randomBytes, randomUUID, scryptSync, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { AwsRefusal } from '../aws/awsCall.ts';
import { type Journal, openJournal } from '../journal.ts';
import type { UserPool } from './userPool.ts';

const memberSchema = z.object({
  username: z.string(),
  /** With `sub` among them. */
  attributes: z.record(z.string(), z.string()),
  groups: z.array(z.string()),
  /** Absent until one is set; a temporary one must be changed at the first sign-in. */
  password: z.object({ salt: z.string(), hash: z.string(), permanent: z.boolean() }).optional(),
  created: z.number(),
});

/** A user of a pool. */
export type Member = Readonly<z.infer<typeof memberSchema>>;

/** Who is in the user pools. */
export interface Members {
  /** @throws {AwsRefusal} `UsernameExistsException`, or where the pool does not take such a name */
  create(pool: UserPool, username: string, attributes: Readonly<Record<string, string>>): Member;
  /** Finds by username or by a verified alias. @throws {AwsRefusal} `UserNotFoundException` */
  get(pool: UserPool, name: string): Member;
  /** @throws {AwsRefusal} `UserNotFoundException` */
  change(pool: UserPool, name: string, changes: Partial<Member>): void;
  close(): void;
}

export function openUserJournal(path: string): Members {
  const journal = openJournal(path, memberSchema);
  const get = (pool: UserPool, name: string) => {
    const member = journal.get(keyOf(pool, name)) ?? ofAlias(journal, pool, name);
    if (member === undefined) throw new AwsRefusal('UserNotFoundException', 'User does not exist.');
    return member;
  };
  return {
    create: (pool, username, attributes) => {
      if (pool.aliases.includes('email') && /^\S+@\S+$/.test(username)) {
        const message = 'Username cannot be of email format, since user pool is configured for email alias.';
        throw new AwsRefusal('InvalidParameterException', message);
      }
      if (journal.get(keyOf(pool, username)) !== undefined) {
        throw new AwsRefusal('UsernameExistsException', 'User account already exists');
      }
      const member = {
        username: pool.caseSensitive ? username : username.toLowerCase(),
        attributes: { ...attributes, sub: randomUUID() },
        groups: [],
        created: Math.floor(Date.now() / 1_000),
      };
      journal.set(keyOf(pool, username), member);
      return member;
    },
    get,
    change: (pool, name, changes) => {
      const member = { ...get(pool, name), ...changes };
      journal.set(keyOf(pool, member.username), member);
    },
    close: journal.close,
  };
}

/** A password as it is kept. */
export function sealPassword(password: string, permanent: boolean): NonNullable<Member['password']> {
  const salt = randomBytes(16).toString('base64');
  return { salt, hash: hashOf(password, salt), permanent };
}

export function hasPassword({ password: kept }: Member, password: string): boolean {
  return kept !== undefined && timingSafeEqual(Buffer.from(kept.hash), Buffer.from(hashOf(password, kept.salt)));
}

function hashOf(password: string, salt: string): string {
  return scryptSync(password, salt, 32).toString('base64');
}

function ofAlias(journal: Journal<Member>, pool: UserPool, name: string): Member | undefined {
  const own = [...journal.entries()].filter(([key]) => key.startsWith(`${pool.id}/`)).map(([, member]) => member);
  return own.find(({ attributes }) =>
    pool.aliases.some((alias) => attributes[alias] === name && attributes[`${alias}_verified`] === 'true'),
  );
}

function keyOf({ id, caseSensitive }: UserPool, username: string): string {
  return `${id}/${caseSensitive ? username : username.toLowerCase()}`;
}
