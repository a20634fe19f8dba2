import { inParallel } from '../../runtime/inParallel.ts';
import { noteVisit } from '../attendance/noteVisit.ts';
import type { EndReason } from '../signalling/protocol.ts';
import type { BroadcastServices, RoomServices } from './roomServices.ts';
import type { Room } from './seat.ts';

export type EndServices = BroadcastServices & Pick<RoomServices, 'log'>;

/** Why a conference ends, and when it begins again where it was moved. */
interface RoomEnd {
  readonly reason: EndReason;
  readonly validSince?: Date;
}

const mostAtOnce = 16;

/** Ends the conference for everyone, as a host wants it: nobody comes in again before a host does. */
export async function endByHost(services: EndServices, roomId: string, now: Date): Promise<void> {
  await services.rooms.endByHost(roomId);
  // Read after that was written: whoever comes in meanwhile finds it, or is found.
  await endRoom(services, await services.rooms.read(roomId), { reason: 'host' }, now);
}

/** Ends the conference for everyone in it and before it; each is told once, by whoever frees their seat. */
export async function endRoom(
  { rooms, sockets, visits, log }: EndServices,
  room: Room,
  { reason, validSince }: RoomEnd,
  now: Date,
): Promise<void> {
  const seated = room.seats.filter(({ released }) => released === undefined);
  const freed = [
    ...(await inParallel(seated, mostAtOnce, async (seat) => {
      await noteVisit(visits, room.id, seat, now);
      return (await rooms.leave(room.id, seat)) ? seat : undefined;
    })),
    ...(await inParallel(room.knocks, mostAtOnce, async (knock) =>
      (await rooms.dropKnock(room.id, knock)) ? knock : undefined,
    )),
  ].filter((place) => place !== undefined);
  if (freed.length === 0) return;
  log.info('Conference ended', { roomId: room.id, reason, people: freed.length });
  const ended = { type: 'ended', reason, ...(validSince ? { validSince: validSince.toISOString() } : {}) } as const;
  await inParallel(freed, mostAtOnce, async ({ connectionId }) => {
    await sockets.post(connectionId, ended);
    await sockets.close(connectionId);
  });
}
