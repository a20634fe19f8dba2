import { inParallel } from '../runtime/inParallel.ts';
import type { Directory } from './directoryStore.ts';
import { nameOf } from './user.ts';

const usersAtOnce = 5;

/** What those users are called who are in the directory, by id: read one by one, by whoever may not read many at once. */
export async function userNames(
  ids: readonly string[],
  users: Pick<Directory, 'findReadable'>,
): Promise<ReadonlyMap<string, string>> {
  const known = await inParallel([...new Set(ids)], usersAtOnce, (id) => users.findReadable(id));
  return new Map(known.flatMap((user) => (user && !user.deleted ? [[user.id, nameOf(user)] as const] : [])));
}
