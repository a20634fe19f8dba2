import * as z from 'zod/mini';
import { storedInstant } from '../runtime/row.ts';

/** What the service asks capabilities for; a token may name others, which mean nothing here. */
export const knownCapabilities = ['admin', 'dial-in', 'meetings'] as const;

/** A user as the directory keeps them, with what another release added; addresses are those that their issuer verified. */
export const userSchema = z.looseObject({
  id: z.string(),
  username: z.string(),
  /** What their token calls them. */
  name: z.optional(z.string()),
  /** What an admin calls them, whose token says nothing. */
  enteredName: z.optional(z.string()),
  email: z.optional(z.string()),
  /** E.164. */
  mobilePhone: z.optional(z.string()),
  /** E.164. */
  landLineNumber: z.optional(z.string()),
  alias: z.optional(z.string()),
  language: z.optional(z.string()),
  /** What their token said when they were last seen. */
  capabilities: z.array(z.string()),
  /** What an admin gave them beside that. */
  granted: z.optional(z.array(z.string())),
  created: storedInstant,
  /** Absent where an admin entered them and they have not called yet. */
  lastLogin: z.optional(storedInstant),
  /** They have an address that they did not have before: meetings that it was invited to are to be listed for them. */
  newAddress: z.optional(z.boolean()),
  /** Counts the writes of this entry; each names the one that it follows. */
  revision: z.number(),
  /** A tombstone: they were deleted. */
  deleted: z.optional(z.boolean()),
  /** Of a tombstone: not all that was kept of them has been removed yet. */
  erasing: z.optional(z.boolean()),
});

export type User = Readonly<z.output<typeof userSchema>>;

/** The name that their token says, else that of the directory. */
export function givenNameOf({ name, enteredName }: Pick<User, 'name' | 'enteredName'>): string | undefined {
  return name ?? enteredName;
}

/** What people call a user: by their name, else by their username. */
export function nameOf(user: Pick<User, 'name' | 'enteredName' | 'username'>): string {
  return givenNameOf(user) ?? user.username;
}

/** All that they may do: what their token said, and what an admin gave them. */
export function capabilitiesOf({ capabilities, granted = [] }: Pick<User, 'capabilities' | 'granted'>): string[] {
  return [...new Set([...capabilities, ...granted])];
}

/** The role of a user: who is not limited by capabilities is `admin`. */
export function roleOf(user: Pick<User, 'capabilities' | 'granted'>): 'admin' | 'user' {
  return capabilitiesOf(user).includes('admin') ? 'admin' : 'user';
}
