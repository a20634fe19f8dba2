import type { Key } from '../../runtime/table.ts';

/** Where it is kept which room a socket belongs to. */
export function connectionKey(connectionId: string): Key {
  const key = `CONNECTION#${connectionId}`;
  return { pk: key, sk: key };
}
