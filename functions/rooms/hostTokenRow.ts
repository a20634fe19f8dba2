import { sha256 } from '../runtime/digest.ts';
import type { Key } from '../runtime/table.ts';

/** Where it is kept what a host's token opens. */
export function hostTokenKey(token: string): Key {
  const key = `HOST#${sha256(token)}`;
  return { pk: key, sk: key };
}
