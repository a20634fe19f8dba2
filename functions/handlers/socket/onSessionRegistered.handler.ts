import { joinRoom } from '../../rooms/seats/joinRoom.ts';
import type { RoomServices } from '../../rooms/seats/roomServices.ts';
import { noSeat } from '../../rooms/seats/seatContext.ts';
import { refuseJoin } from '../../rooms/seats/turnAway.ts';
import { parseClientMessage } from '../../rooms/signalling/clientMessage.ts';
import { socketClient } from '../../rooms/signalling/socketClient.ts';
import type { SocketEvent } from '../../rooms/signalling/socketEvent.ts';
import { sockets as gateway } from '../../runtime/clients.ts';
import { randomId } from '../../runtime/ids.ts';
import { log } from '../../runtime/log.ts';
import { Refusal } from '../../runtime/refusal.ts';
import { settings } from '../../runtime/settings.ts';
import { roomSchedules } from '../roomSchedules.ts';
import * as stores from '../stores.ts';
import { iceServerReader } from './iceServers.ts';
import { socketRoute } from './socketRoute.ts';

const sockets = socketClient(gateway);
const schedules = roomSchedules();

/** The sockets' route `join`: the first message of whoever has opened a room's socket. */
export const handler = socketRoute({ sockets, failure: 'Error while processing onSessionRegistered', answer });

async function answer({ connectionId, text }: SocketEvent, now: Date): Promise<void> {
  const connection = await stores.connections().find(connectionId);
  // Ended while its message was on its way, or never let in.
  if (!connection) throw noSeat();
  const received = parseClientMessage(text);
  if ('fault' in received) {
    if (received.code === 'invalid-name') return refuseJoin({ sockets, log }, connection, 'name');
    throw new Refusal('invalid', received.code, received.fault);
  }
  if (received.message.action !== 'join') throw new Error('The gateway routes only joins here');
  const joining = joinRoom(services(), connection, received.message, now);
  await joining.catch((error: unknown) => {
    if (error instanceof Refusal && error.kind === 'limited') return refuseJoin({ sockets, log }, connection, 'rate');
    throw error;
  });
}

function services(): RoomServices {
  return {
    rooms: stores.rooms(),
    meetings: stores.meetings(),
    hostTokens: stores.hostTokens(),
    limits: stores.limits(),
    waiting: stores.waiting(),
    visits: stores.keptVisits(),
    sockets,
    schedules,
    settings: settings(),
    readIceServers: iceServerReader(settings()),
    newId: randomId,
    log,
  };
}
