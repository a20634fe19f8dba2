import type { Key } from '../runtime/table.ts';
import { firstCharacters } from '../runtime/text/text.ts';
import { addressIdentity } from './addressIdentity.ts';
import { withUnicodeDomain } from './emailAddress.ts';
import { nameKey } from './names.ts';
import type { User } from './user.ts';

/** The one partition of the directory's listing. */
export const directoryPartition = 'DIRECTORY';

/** What users are listed by. */
export type ListedBy = 'username' | 'email';

/** UTF-16 units, of three bytes at most in UTF-8: a key of DynamoDB has at most 2048 bytes, one that sorts 1024. */
const longestName = 128;

export function userKey(id: string): Key {
  return { pk: `USER#${id}`, sk: 'USER' };
}

export function idOfUserKey({ pk }: Key): string {
  return pk.slice(userKey('').pk.length);
}

/** The look-up row of a name: an alias, a username or an id. */
export function aliasKey(key: string): Key {
  return { pk: `ALIAS#${key}`, sk: `ALIAS#${key}` };
}

/** The look-up row of a mail address or of an E.164 number. */
export function addressKey(address: string): Key {
  const identity = addressIdentity(address);
  const key = `${identity.includes('@') ? 'EMAIL' : 'PHONE'}#${identity}`;
  return { pk: key, sk: key };
}

/** The keys of all names that mean a user, where nobody else was faster. */
export function namesOf(user: User | undefined): string[] {
  if (!user || isErased(user)) return [];
  const names = [user.id, user.username, user.alias].filter((name) => name !== undefined);
  return [...new Set(names.map(nameKey).filter((key) => key.length <= longestName))];
}

/** What identifies the addresses that lead to a user. */
export function addressIdentitiesOf(user: User | undefined): string[] {
  return [user?.email, user?.mobilePhone].flatMap((address) =>
    address === undefined ? [] : [addressIdentity(address)],
  );
}

/** The entries of a user in the directory's listing. */
export function directoryEntriesOf(user: User | undefined): Key[] {
  if (!user || isErased(user)) return [];
  const sortKeys = [entryPrefix('username', user.username), user.email && entryPrefix('email', user.email)];
  return sortKeys.flatMap((sortKey) => (sortKey ? [{ pk: directoryPartition, sk: `${sortKey}#${user.id}` }] : []));
}

/** How the entries of those users begin whose username or mail address begins with `text`. */
export function entryPrefix(by: ListedBy, text: string): string {
  const [kind, name] = by === 'username' ? ['NAME', text] : ['EMAIL', withUnicodeDomain(text)];
  return `${kind}#${firstCharacters(nameKey(name), longestName)}`;
}

function isErased(user: User): boolean {
  return user.deleted === true && user.erasing !== true;
}
