import { type EndServices, endRoom } from './endRoom.ts';
import { broadcastHosts, broadcastKnock, broadcastPresence } from './roomBroadcasts.ts';
import type { Knock, Room, Seat } from './seat.ts';

/** Puts those out who came by another link than the meeting has now, hosts too, and tells whoever stays. */
export async function putOutOldLink(services: EndServices, room: Room, link: string, now: Date): Promise<void> {
  const isOld = (place: Seat | Knock) => place.link !== undefined && place.link !== link;
  const old = { ...room, seats: room.seats.filter(isOld), knocks: room.knocks.filter(isOld) };
  await endRoom(services, old, { reason: 'link' }, now);
  for (const { id } of old.seats) await broadcastPresence(services, room.id, id, now);
  if (old.seats.some(({ host }) => host)) await broadcastHosts(services, room.id, now);
  for (const { id } of old.knocks) await broadcastKnock(services, room.id, id, now);
}
