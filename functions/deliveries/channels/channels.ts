import type { AddressChannel, DeviceChannel } from './channel.ts';
import { email } from './email/email.ts';
import { push } from './push/push.ts';
import { sms } from './sms/sms.ts';

/** Every channel: the one list of them, which all else is derived from. */
const definitions = [email, sms, push] as const;

type Definition = (typeof definitions)[number];

export type Channel = Definition['name'];
export type AddressChannelName = Extract<Definition, { readonly reaches: 'address' }>['name'];
export type DeviceChannelName = Extract<Definition, { readonly reaches: 'devices' }>['name'];

/** A channel that can invite. */
export type KnownAddressChannel = AddressChannel & { readonly name: AddressChannelName };

export type KnownDeviceChannel = DeviceChannel & { readonly name: DeviceChannelName };

export type KnownChannel = KnownAddressChannel | KnownDeviceChannel;

export const channels: readonly KnownChannel[] = definitions;

/** What messages are counted against, each once. */
export const allowances = definitions.flatMap((channel) => ('allowance' in channel ? [channel.allowance] : []));

export type AllowanceCode = (typeof allowances)[number]['code'];

export const addressChannels = channels.filter((channel) => channel.reaches === 'address');

export const deviceChannels = channels.filter((channel) => channel.reaches === 'devices');

export function addressChannelNamed(name: AddressChannelName): KnownAddressChannel {
  const found = addressChannels.find((channel) => channel.name === name);
  if (!found) throw new Error(`There is no channel ${name}`);
  return found;
}
