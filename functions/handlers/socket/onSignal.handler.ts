import { freeKnock } from '../../rooms/seats/freeKnock.ts';
import { type Act, act, countMessage } from '../../rooms/seats/handleMessage.ts';
import { type RoomStore, roomStore } from '../../rooms/seats/roomStore.ts';
import { heldSeats, type Knock, type Room } from '../../rooms/seats/seat.ts';
import { noSeat } from '../../rooms/seats/seatContext.ts';
import { endWhenOver } from '../../rooms/seats/sweepRoom.ts';
import { readMessage } from '../../rooms/signalling/clientMessage.ts';
import { connectionStore } from '../../rooms/signalling/connectionStore.ts';
import { post } from '../../rooms/signalling/socketClient.ts';
import type { SocketEvent } from '../../rooms/signalling/socketEvent.ts';
import { Refusal } from '../../runtime/refusal.ts';
import { table } from '../../runtime/table.ts';
import { answering } from './socketRoute.ts';

/** The sockets' `$default`: whatever somebody in a room sends after his `join`. */
export const handler = answering('Error while processing a message of a session', answer);

async function answer({ connectionId, text }: SocketEvent, now: Date): Promise<void> {
  const received = readMessage(text);
  if ('fault' in received) throw new Refusal('invalid', received.code, received.fault);
  const { message } = received;
  if (message.action === 'join') throw new Error('The gateway routes joins elsewhere');
  const [connection] = await Promise.all([
    connectionStore(table()).find(connectionId),
    countMessage(connectionId, message, now),
  ]);
  if (!connection) return refuseSeatless(message);
  const rooms = roomStore(table());
  const room = await rooms.read(connection.roomId);
  if (await endWhenOver(rooms, room, now)) return;
  const me = heldSeats(room, now).find((seat) => seat.connectionId === connectionId);
  if (me) return act({ rooms, room, me, now }, message);
  const knock = room.knocks.find((one) => one.connectionId === connectionId);
  if (!knock) return refuseSeatless(message);
  await actWaiting(rooms, room, knock, message, now);
}

/** Whoever leaves and closes his socket at once may be gone before his message is read: that is what he wants. */
function refuseSeatless({ action }: Act): void {
  if (action !== 'leave') throw noSeat();
}

/** Someone who waits may go on waiting, or go. */
async function actWaiting(rooms: RoomStore, room: Room, knock: Knock, { action }: Act, now: Date): Promise<void> {
  if (action === 'leave') return freeKnock(rooms, room, knock, now);
  if (action !== 'ping') throw noSeat();
  await rooms.extendKnock(room.id, knock, now);
  await post(knock.connectionId, { type: 'pong' });
}
