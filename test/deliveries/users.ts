import type { Table } from '../../functions/runtime/table.ts';
import { directory } from '../../functions/users/directoryStore.ts';

interface Known {
  readonly id: string;
  readonly username: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly language?: string;
}

/** Enters a user into the directory as their first call does. */
export async function keepUser(table: Table, { language, email, phone, ...known }: Known): Promise<void> {
  await directory(table).admit({ email, phone, capabilities: [], ...known }, new Date());
  if (language === undefined) return;
  await directory(table).changeProfile(known.id, { language }, new Date());
}
