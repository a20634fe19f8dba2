import { freeKnock } from '../../rooms/seats/knocking.ts';
import { freeSeat } from '../../rooms/seats/roomBroadcasts.ts';
import { socketClient } from '../../rooms/signalling/socketClient.ts';
import { parseSocketEvent } from '../../rooms/signalling/socketEvent.ts';
import { sockets as gateway } from '../../runtime/clients.ts';
import { errorOf, log } from '../../runtime/log.ts';
import * as stores from '../stores.ts';

const sockets = socketClient(gateway);

/** The codes with which a page ends its connection itself: it was closed, reloaded or left (RFC 6455, section 7.4.1). */
const deliberate: ReadonlySet<number | undefined> = new Set([1000, 1001]);

/** The sockets' `$disconnect`: whoever had a seat, or waited for one, is gone. */
export async function handler(input: unknown): Promise<{ statusCode: number }> {
  const { connectionId, closeCode } = parseSocketEvent(input);
  try {
    await freeConnection(connectionId, deliberate.has(closeCode) ? 'left' : 'lost', new Date());
    return { statusCode: 200 };
  } catch (error) {
    log.error('Error while processing onSessionDown', { connectionId, error: errorOf(error) });
    return { statusCode: 500 };
  }
}

async function freeConnection(connectionId: string, reason: 'left' | 'lost', now: Date): Promise<void> {
  // The connection goes first: a join that is being answered finds it gone, and takes no seat.
  const connection = await stores.connections().close(connectionId);
  if (!connection) return;
  const services = { rooms: stores.rooms(), visits: stores.keptVisits(), sockets };
  const room = await services.rooms.read(connection.roomId);
  const seat = room.seats.find((one) => one.connectionId === connectionId && one.released === undefined);
  if (seat) await freeSeat(services, room.id, seat, reason, now);
  for (const knock of room.knocks.filter((one) => one.connectionId === connectionId)) {
    await freeKnock(services, room, knock, now);
  }
  log.info('Session down', { roomId: room.id, connectionId, seat: seat?.id, how: reason });
}
