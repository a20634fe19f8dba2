import {
  type AddressChannelName,
  addressChannels,
  type Channel,
  channels,
} from '../../functions/deliveries/channels/channels.ts';
import { nameList } from './nameList.ts';
import { nearestName } from './nearest.ts';
import type { Values } from './schema.ts';

/** Parts the mechanisms that there are from those that there are not, which are left out with a warning. */
export function loadMechanisms(given: readonly string[]): { loaded: AddressChannelName[]; warnings: string[] } {
  const known = addressChannels.map(({ name }) => name);
  const loaded = known.filter((mechanism) => given.includes(mechanism));
  const missing = given.filter((name) => !known.some((mechanism) => mechanism === name));
  return { loaded, warnings: missing.map((name) => notLoaded(name, known)) };
}

function notLoaded(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return `unable to load resource for ${name.slice(0, 60)} (${near ? `did you mean ${near}?` : `there are ${nameList(known)}`})`;
}

/**
 * The channels in use, for invitations or for reminders, which need templates. One that reaches devices counts only where
 * there is something to push through.
 */
export function mechanismsInUse(
  invite: readonly AddressChannelName[],
  values: Pick<Values, 'remindBefore' | 'remindMechanisms' | 'mailIdentity' | 'smsService' | 'pushApplications'>,
): Channel[] {
  const named: readonly string[] = values.remindBefore === undefined ? invite : [...invite, ...values.remindMechanisms];
  const used = channels.filter(({ name }) => named.includes(name));
  return used.filter((channel) => channel.reaches === 'address' || channel.isAvailable(values)).map(({ name }) => name);
}
