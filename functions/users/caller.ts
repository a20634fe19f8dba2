import { Refusal } from '../runtime/refusal.ts';

/** Who calls: a user of the directory, with what their token and the directory allow them. */
export interface Caller {
  readonly id: string;
  readonly username: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly capabilities: ReadonlySet<string>;
  /** Not limited by capabilities or by whose meeting it is. */
  readonly admin: boolean;
}

/** @throws Refusal `capability-missing` where the caller may not do this */
export function requireCapability(caller: Caller, capability: string): void {
  if (caller.admin || caller.capabilities.has(capability)) return;
  throw new Refusal('forbidden', 'capability-missing', `This needs the capability "${capability}".`);
}

/** @throws Refusal `admin-needed` */
export function requireAdmin(caller: Caller): void {
  if (!caller.admin) throw new Refusal('forbidden', 'admin-needed', 'Only an admin may do this.');
}
