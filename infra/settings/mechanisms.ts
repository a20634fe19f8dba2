import { nearest } from './nearest.ts';
import type { Values } from './schema.ts';

export type InviteMechanism = 'email' | 'sms';

const known: readonly InviteMechanism[] = ['email', 'sms'];

/** Parts the mechanisms that there are from those that there are not, which are left out with a warning. */
export function loadMechanisms(given: readonly string[]): { loaded: InviteMechanism[]; warnings: string[] } {
  const loaded = known.filter((mechanism) => given.includes(mechanism));
  const missing = given.filter((name) => !known.some((mechanism) => mechanism === name));
  return { loaded, warnings: missing.map(notLoaded) };
}

function notLoaded(name: string): string {
  const near = nearest(name, known);
  return `unable to load resource for ${name.slice(0, 60)} (${near ? `did you mean ${near}?` : 'there are email and sms'})`;
}

/** Tells which of mail and SMS are in use, for invitations or for reminders. */
export function mechanismsInUse(
  invite: readonly InviteMechanism[],
  values: Pick<Values, 'remindBefore' | 'remindMechanisms'>,
): InviteMechanism[] {
  const remind: readonly string[] = values.remindBefore === undefined ? [] : values.remindMechanisms;
  return known.filter((mechanism) => invite.includes(mechanism) || remind.includes(mechanism));
}
