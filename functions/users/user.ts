import * as z from 'zod/mini';
import { storedInstant } from '../runtime/row.ts';

/** A user as the directory keeps him; addresses are those that his issuer verified. */
export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.optional(z.string()),
  /** E.164. */
  mobilePhone: z.optional(z.string()),
  landLineNumber: z.optional(z.string()),
  alias: z.optional(z.string()),
  language: z.optional(z.string()),
  /** What his token said when he was last seen. */
  capabilities: z.array(z.string()),
  created: storedInstant,
  lastLogin: storedInstant,
  /** A tombstone: he was deleted, and nothing else of him is kept. */
  deleted: z.optional(z.boolean()),
});

export type User = Readonly<z.output<typeof userSchema>>;

/** His role: who is not limited by capabilities is `admin`. */
export function roleOf(user: Pick<User, 'capabilities'>): 'admin' | 'user' {
  return user.capabilities.includes('admin') ? 'admin' : 'user';
}
