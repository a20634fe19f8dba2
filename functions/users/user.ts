import * as z from 'zod/mini';
import { storedInstant } from '../runtime/row.ts';

/** What the service asks capabilities for; a token may name others, which mean nothing here. */
export const knownCapabilities = ['admin', 'dial-in', 'meetings'] as const;

/** A user as the directory keeps him; addresses are those that his issuer verified. */
export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.optional(z.string()),
  /** E.164. */
  mobilePhone: z.optional(z.string()),
  /** E.164. */
  landLineNumber: z.optional(z.string()),
  alias: z.optional(z.string()),
  language: z.optional(z.string()),
  /** What his token said when he was last seen. */
  capabilities: z.array(z.string()),
  /** What an admin gave him beside that. */
  granted: z.optional(z.array(z.string())),
  created: storedInstant,
  /** Absent where an admin entered him and he has not called yet. */
  lastLogin: z.optional(storedInstant),
  /** He has an address that he did not have before: meetings that it was invited to are to be listed for him. */
  newAddress: z.optional(z.boolean()),
  /** Counts the writes of this entry; each names the one that it follows. */
  revision: z.number(),
  /** A tombstone: he was deleted. */
  deleted: z.optional(z.boolean()),
  /** Of a tombstone: not all that was kept of him has been removed yet. */
  erasing: z.optional(z.boolean()),
});

export type User = Readonly<z.output<typeof userSchema>>;

/** All that he may: what his token said, and what an admin gave him. */
export function capabilitiesOf({ capabilities, granted = [] }: Pick<User, 'capabilities' | 'granted'>): string[] {
  return [...new Set([...capabilities, ...granted])];
}

/** His role: who is not limited by capabilities is `admin`. */
export function roleOf(user: Pick<User, 'capabilities' | 'granted'>): 'admin' | 'user' {
  return capabilitiesOf(user).includes('admin') ? 'admin' : 'user';
}
