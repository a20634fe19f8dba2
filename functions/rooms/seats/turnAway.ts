import { countReason } from '../../runtime/metrics.ts';
import { type RoomAccessContext, readAccess } from '../roomAccess.ts';
import type { RoomConnection } from '../signalling/connectionStore.ts';
import type { EndReason, JoinRefusal } from '../signalling/protocol.ts';
import { freeSeat } from './roomBroadcasts.ts';
import type { BroadcastServices, RoomServices } from './roomServices.ts';
import { isEndedByHost, isOfOtherLink, type Knock, type Room, type Seat } from './seat.ts';

/**
 * Why somebody may not stay who came in just as the room was closed to them: whoever closed it may not have seen them.
 * The meeting itself says which of two links is the newer one.
 */
export async function reasonToLeave(
  context: RoomAccessContext,
  room: Room,
  place: Seat | Knock,
  now: Date,
): Promise<EndReason | undefined> {
  if (isEndedByHost(room)) return 'host';
  if (!isOfOtherLink(room, place)) return undefined;
  const access = await readAccess(room.id, context, now);
  return typeof access === 'string' || access.link === place.link ? undefined : 'link';
}

/** Frees the seat that somebody has just taken, and tells them why. */
export async function turnAway(
  services: BroadcastServices,
  roomId: string,
  seat: Seat,
  reason: EndReason,
  now: Date,
): Promise<void> {
  if (await freeSeat(services, roomId, seat, 'left', now)) await sendOff(services, seat, reason);
}

/** Ends the waiting of somebody who has just begun to wait, and tells them why. */
export async function turnKnockAway(
  services: BroadcastServices,
  roomId: string,
  knock: Knock,
  reason: EndReason,
): Promise<void> {
  if (await services.rooms.withdrawKnock(roomId, knock)) await sendOff(services, knock, reason);
}

async function sendOff({ sockets }: BroadcastServices, { connectionId }: Seat | Knock, reason: EndReason) {
  await sockets.post(connectionId, { type: 'ended', reason });
  await sockets.close(connectionId);
}

const explanations: Readonly<Record<JoinRefusal, string>> = {
  full: 'The room is full.',
  locked: 'A host has locked the room.',
  'too-early': 'You are trying to access the conference before time.',
  ended: 'The conference has ended.',
  'ended-host': 'A host has ended the conference; it opens again when a host joins.',
  link: 'The link of this meeting has been replaced by a new one.',
  cancelled: 'The meeting has been cancelled.',
  removed: 'A host has removed you from the room.',
  declined: 'A host has not let you in.',
  'host-token': 'The token of the host is not valid, has been used, or has expired.',
  crowded: 'Too many who come from where you are wait already; try again in a while.',
  'password-needed': 'The meeting has a password.',
  password: 'The password is wrong.',
  'password-limit': 'Too many passwords have been tried; try again in ten minutes.',
  name: 'The name must be one line of 1 to 60 characters, and show something.',
  rate: 'That was too often; try again in a while.',
};

/** Tells somebody why they get no seat. */
export async function refuseJoin(
  { sockets, log }: Pick<RoomServices, 'sockets' | 'log'>,
  { connectionId, roomId }: Pick<RoomConnection, 'connectionId' | 'roomId'>,
  reason: JoinRefusal,
): Promise<void> {
  countReason('JoinsRefused', reason);
  log.info('Session refused', { roomId, connectionId, reason });
  await sockets.post(connectionId, { type: 'refused', reason, message: explanations[reason] });
}
