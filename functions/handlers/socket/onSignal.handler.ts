import { handleMessage, messageLimit, type SeatMessage } from '../../rooms/seats/handleMessage.ts';
import { freeKnock } from '../../rooms/seats/knocking.ts';
import { hostsMessage } from '../../rooms/seats/roomMessages.ts';
import { heldSeats, type Knock, type Room } from '../../rooms/seats/seat.ts';
import { noSeat, type SeatServices } from '../../rooms/seats/seatContext.ts';
import { endWhenOver, sweepRoom } from '../../rooms/seats/sweepRoom.ts';
import { parseClientMessage } from '../../rooms/signalling/clientMessage.ts';
import { socketClient } from '../../rooms/signalling/socketClient.ts';
import type { SocketEvent } from '../../rooms/signalling/socketEvent.ts';
import { sockets as gateway } from '../../runtime/clients.ts';
import { randomId } from '../../runtime/ids.ts';
import { log } from '../../runtime/log.ts';
import { Refusal } from '../../runtime/refusal.ts';
import { settings } from '../../runtime/settings.ts';
import * as stores from '../stores.ts';
import { iceServerReader } from './iceServers.ts';
import { socketRoute } from './socketRoute.ts';

const sockets = socketClient(gateway);

/** The sockets' `$default`: whatever somebody in a room sends after their `join`. */
export const handler = socketRoute({ sockets, failure: 'Error while processing a message of a session', answer });

async function answer({ connectionId, text }: SocketEvent, now: Date): Promise<void> {
  const received = parseClientMessage(text);
  if ('fault' in received) throw new Refusal('invalid', received.code, received.fault);
  const { message } = received;
  if (message.action === 'join') throw new Error('The gateway routes joins elsewhere');
  const [connection] = await Promise.all([
    stores.connections().find(connectionId),
    stores.limits().count(messageLimit(connectionId, message), now),
  ]);
  if (!connection) return refuseSeatless(message);
  const services = seatServices();
  const room = await services.rooms.read(connection.roomId);
  if (await endWhenOver(services, room, now)) return;
  const me = heldSeats(room, now).find((seat) => seat.connectionId === connectionId);
  if (me) return handleMessage({ services, room, me, now }, message);
  const knock = room.knocks.find((one) => one.connectionId === connectionId);
  if (!knock) return refuseSeatless(message);
  await handleWaiting(services, room, knock, message, now);
}

function seatServices(): SeatServices {
  return {
    rooms: stores.rooms(),
    meetings: stores.meetings(),
    visits: stores.keptVisits(),
    sockets,
    settings: settings(),
    readIceServers: iceServerReader(settings()),
    newId: randomId,
    log,
  };
}

/** Whoever leaves and closes their socket at once may be gone before the message is read: that is what they want. */
function refuseSeatless({ action }: SeatMessage): void {
  if (action !== 'leave') throw noSeat();
}

/** Someone who waits may go on waiting, or go. */
async function handleWaiting(
  services: SeatServices,
  room: Room,
  knock: Knock,
  { action }: SeatMessage,
  now: Date,
): Promise<void> {
  if (action === 'leave') return freeKnock(services, room, knock, now);
  if (action !== 'ping') throw noSeat();
  const { rooms, sockets } = services;
  if (!(await rooms.extendKnock(room.id, knock, now))) throw noSeat();
  await sockets.post(knock.connectionId, { type: 'pong' });
  await sockets.post(knock.connectionId, hostsMessage(room, now));
  // Where nobody has a seat but a host who went without a word, nobody else finds it out.
  await sweepRoom(services, await rooms.read(room.id), now);
}
