import type { RuntimeSettings } from '../../runtime/settings.ts';
import { addressChannels, channels, type KnownAddressChannel, type KnownChannel } from './channels.ts';

/** Those of `inviteMechanisms` that can send. */
export function availableInviteChannels(settings: RuntimeSettings): KnownAddressChannel[] {
  return channelsNamed(settings.inviteMechanisms, addressChannels).filter((channel) => channel.isAvailable(settings));
}

/** Those of `remindMechanisms` that can send; synthesizing says which cannot. */
export function availableRemindChannels(settings: RuntimeSettings): KnownChannel[] {
  return channelsNamed(settings.remindMechanisms, channels).filter((channel) => channel.isAvailable(settings));
}

/**
 * What tells organizers that somebody waits: those of the mechanisms in use that can, without SMS, which would be paid
 * for by whoever knocks.
 */
export function availableWaitingChannels(settings: RuntimeSettings): KnownChannel[] {
  const used = [...availableRemindChannels(settings), ...availableInviteChannels(settings)];
  return channels.filter((channel) => channel.tellsOfWaiting && used.some(({ name }) => name === channel.name));
}

/** What tells organizers who cannot be reached. */
export function availableUnreachableChannels(settings: RuntimeSettings): KnownAddressChannel[] {
  return addressChannels.filter((channel) => channel.tellsOfUnreachable && channel.isAvailable(settings));
}

/** What to warn of for a meeting whose people are to be invited by what cannot send. */
export function unavailableChannelWarnings(settings: RuntimeSettings): string[] {
  return channelsNamed(settings.inviteMechanisms, addressChannels)
    .filter((channel) => !channel.isAvailable(settings))
    .map(({ unavailableForMeeting }) => unavailableForMeeting);
}

/** In the order of the setting. */
function channelsNamed<Known extends { readonly name: string }>(
  names: readonly string[],
  known: readonly Known[],
): Known[] {
  return names.flatMap((name) => known.find((channel) => channel.name === name) ?? []);
}
