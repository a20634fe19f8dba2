import { broadcastKnock } from './roomBroadcasts.ts';
import type { BroadcastServices, RoomServices } from './roomServices.ts';
import type { Knock, Room } from './seat.ts';
import { displacedBy, isTooMany } from './seating.ts';
import { refuseJoin } from './turnAway.ts';

type ConfirmServices = Pick<RoomServices, 'rooms' | 'sockets' | 'log'>;

/** A round ends with fewer who are displaced, unless others come meanwhile. */
const mostRounds = 20;

/**
 * Whether somebody may go on waiting whose knock has been written and is not yet confirmed; if not, they have been told.
 *
 * Whoever came first waits, and each counts those before them. A knock that is written late is not seen by those who came
 * after: it displaces the last of them, or, where that one has been told that they wait, gives way itself. So the
 * limits hold at any moment, and nobody waits who is then put out.
 *
 * @param room read after the knock was written
 */
export async function confirmKnock(services: ConfirmServices, room: Room, knock: Knock, now: Date): Promise<boolean> {
  const { rooms } = services;
  let current = room;
  for (let round = 1; round <= mostRounds; round += 1) {
    if (isTooMany(current, knock, now)) break;
    const displaced = displacedBy(current, knock, now);
    if (displaced.length === 0) return rooms.confirmKnock(room.id, knock);
    if (displaced.some(({ confirmed }) => confirmed)) break;
    for (const other of displaced) await withdraw(services, room.id, other);
    current = await rooms.read(room.id);
  }
  await withdraw(services, room.id, knock);
  return false;
}

/** They are told once, by whoever withdraws them. */
async function withdraw(services: ConfirmServices, roomId: string, knock: Knock): Promise<void> {
  const { connectionId } = knock;
  if (await services.rooms.withdrawKnock(roomId, knock))
    await refuseJoin(services, { connectionId, roomId }, 'crowded');
}

/** Ends somebody's waiting, and tells the hosts. */
export async function freeKnock(services: BroadcastServices, room: Room, knock: Knock, now: Date): Promise<void> {
  if (!(await services.rooms.dropKnock(room.id, knock))) return;
  await broadcastKnock(services, room.id, knock.id, now);
}
