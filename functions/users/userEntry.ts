import { isDeepStrictEqual } from 'node:util';
import { invalidInput, Refusal } from '../runtime/refusal.ts';
import { isSameAddress } from './addressIdentity.ts';
import type { Claims } from './claims.ts';
import type { User } from './user.ts';

const hourMilliseconds = 3_600_000;

/** What users, or an admin for them, say of themselves; what is undefined they have not. */
export interface Profile {
  readonly alias?: string | undefined;
  readonly language?: string | undefined;
  readonly landLineNumber?: string | undefined;
}

/**
 * The entry of a user who calls with these claims; the same object where it need not be written:
 * it says what they say, and the user was seen less than an hour ago.
 *
 * @throws Refusal `user-deleted`
 */
export function seen(user: User | undefined, claims: Claims, now: Date): User {
  if (user?.deleted) throw userDeleted();
  if (user && isFresh(user, claims, now)) return user;
  const { id, username, name, email, phone, capabilities } = claims;
  return {
    ...(user ?? { id, created: now }),
    username,
    name,
    email,
    mobilePhone: phone,
    capabilities: [...capabilities],
    lastLogin: now,
    newAddress: hasNew(email, user?.email) || hasNew(phone, user?.mobilePhone) || undefined,
    revision: (user?.revision ?? 0) + 1,
  };
}

function hasNew(address: string | undefined, before: string | undefined): boolean {
  return address !== undefined && !isSameAddress(address, before);
}

function isFresh(user: User, claims: Claims, now: Date): boolean {
  const sameFacts =
    user.username === claims.username &&
    user.name === claims.name &&
    user.email === claims.email &&
    user.mobilePhone === claims.phone &&
    isDeepStrictEqual(user.capabilities, [...claims.capabilities]);
  return sameFacts && user.lastLogin !== undefined && now.getTime() - user.lastLogin.getTime() <= hourMilliseconds;
}

/**
 * The entry with some of its profile changed; the same object where nothing of it is.
 *
 * @throws Refusal `user-deleted`
 */
export function withProfile(user: User | undefined, changes: Profile): User {
  if (!user || user.deleted) throw userDeleted();
  const { alias, language, landLineNumber } = { ...user, ...changes };
  const same = alias === user.alias && language === user.language && landLineNumber === user.landLineNumber;
  return same ? user : { ...user, alias, language, landLineNumber, revision: user.revision + 1 };
}

/** All that an admin says of a user. */
export interface Provision extends Profile {
  /** Of somebody who has not called yet: when they do, their token says it. */
  readonly username?: string | undefined;
  /** What people call them, unless their token says it. */
  readonly name?: string | undefined;
  readonly capabilities: readonly string[];
}

/**
 * The entry as an admin wants it, made where there is none.
 *
 * @throws Refusal `user-gone`; `invalid-input` for a username that is missing, or not the admin's to say
 */
export function provisioned(user: User | undefined, id: string, provision: Provision, now: Date): User {
  if (user?.deleted) throw userGone();
  const { name: enteredName, capabilities, alias, language, landLineNumber } = provision;
  return {
    ...(user ?? { id, capabilities: [], created: now }),
    username: usernameFor(user, provision.username),
    enteredName,
    granted: [...new Set(capabilities)].sort(),
    alias,
    language,
    landLineNumber,
    revision: (user?.revision ?? 0) + 1,
  };
}

function usernameFor(user: User | undefined, given: string | undefined): string {
  const username = given ?? user?.username;
  if (username === undefined) throw invalidInput([{ path: '/username', message: 'is required of a new user' }]);
  if (user?.lastLogin === undefined || username === user.username) return username;
  throw invalidInput([{ path: '/username', message: 'is what the user’s token says' }]);
}

/**
 * The tombstone, which still says where what is kept of them is found. Written once more until all of it has been
 * removed: who repeats a deletion that was given up starts it again.
 *
 * @throws Refusal `user-not-found`
 */
export function deleted(user: User | undefined): User {
  if (!user) throw userNotFound();
  if (user.deleted && !user.erasing) return user;
  return { ...user, deleted: true, erasing: true, revision: user.revision + 1 };
}

/** The tombstone for good: an id by which nobody enters again. @throws Error where they were not deleted */
export function erased(user: User | undefined): User {
  if (!user?.deleted) throw new Error('Only a deleted user is erased');
  if (!user.erasing) return user;
  const { id, created, revision } = user;
  return { id, username: id, capabilities: [], created, deleted: true, revision: revision + 1 };
}

/** The user, where there is one. @throws Refusal `user-not-found`, `user-gone` */
export function present(user: User | undefined): User {
  if (!user) throw userNotFound();
  if (user.deleted) throw userGone();
  return user;
}

/** The refusal of every call of a user who has been deleted. */
export function userDeleted(): Refusal {
  return new Refusal('forbidden', 'user-deleted', 'This user has been deleted.');
}

function userNotFound(): Refusal {
  return new Refusal('missing', 'user-not-found', 'There is no such user.');
}

function userGone(): Refusal {
  return new Refusal('gone', 'user-gone', 'This user has been deleted, and their id is not used again.');
}
