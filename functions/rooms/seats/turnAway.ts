import { type RoomAccessContext, readAccess } from '../roomAccess.ts';
import type { EndReason } from '../signalling/protocol.ts';
import { freeSeat } from './roomBroadcasts.ts';
import type { BroadcastServices } from './roomServices.ts';
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
  now: Date,
): Promise<void> {
  if (await services.rooms.withdrawKnock(roomId, knock, now)) await sendOff(services, knock, reason);
}

async function sendOff({ sockets }: BroadcastServices, { connectionId }: Seat | Knock, reason: EndReason) {
  await sockets.post(connectionId, { type: 'ended', reason });
  await sockets.close(connectionId);
}
