import type { RoomAccessContext } from '../roomAccess.ts';
import type { MessagesOf } from '../signalling/broadcast.ts';
import { broadcastHosts, broadcastPresence, broadcastRoom } from './roomBroadcasts.ts';
import { messagesBetween, viewOf } from './roomMessages.ts';
import type { BroadcastServices, RoomServices } from './roomServices.ts';
import type { Room, Seat } from './seat.ts';
import { reasonToLeave, turnAway } from './turnAway.ts';

export type WelcomeServices = BroadcastServices & RoomAccessContext & Pick<RoomServices, 'readIceServers'>;

/** Gives someone who has just been seated the roster, and tells the others that they are there. */
export async function sendWelcome(
  services: WelcomeServices,
  roomId: string,
  seat: Seat,
  token: string,
  now: Date,
): Promise<void> {
  const { rooms, sockets, readIceServers } = services;
  const [room, iceServers] = await Promise.all([rooms.read(roomId), readIceServers(roomId, seat.id, now)]);
  const reason = await reasonToLeave(services, room, seat, now);
  if (reason) return turnAway(services, roomId, seat, reason, now);
  const outcome = await sockets.post(seat.connectionId, {
    type: 'joined',
    seat: { id: seat.id, token },
    you: { id: seat.id, name: seat.name, host: seat.host },
    iceServers,
    ...viewOf(room, seat, now),
  });
  await broadcastPresence(services, roomId, seat.id, now);
  // They do not know that they are in the room: their page comes again where its connection ends.
  if (outcome === 'failed') return sockets.close(seat.connectionId);
  // What happened while the roster was on its way was said before it arrived, and pages know nothing before it.
  const told: Room = { ...room, knocks: [] };
  const messagesOf: MessagesOf<Room> = (current, known = told) => messagesBetween(known, current, seat, now);
  await broadcastRoom(services, roomId, () => [seat], messagesOf, now, told);
  if (seat.host) await broadcastHosts(services, roomId, now);
}
