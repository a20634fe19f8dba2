import { broadcastChange } from './roomBroadcasts.ts';
import type { BroadcastServices } from './roomServices.ts';
import { heldSeats, type Seat } from './seat.ts';

/** Leaves the newest screen alone in a room, whoever's it is: those who began before are told, and so is everyone else. */
export async function leaveNewestShare(services: BroadcastServices, roomId: string, now: Date): Promise<void> {
  const room = await services.rooms.read(roomId);
  const sharing = heldSeats(room, now)
    .filter(({ screen, sharedAt }) => screen && sharedAt !== undefined)
    .sort(byBeginning);
  const newest = sharing.pop();
  if (!newest) return;
  for (const seat of sharing) {
    if (!(await services.rooms.stopShare(roomId, seat))) continue;
    await services.sockets.post(seat.connectionId, { type: 'shareOver', by: newest.id });
    await broadcastChange(services, roomId, seat, { screen: false }, now);
  }
}

/** By the service's clock; of two who began in the same millisecond all servers take the same for the newer one. */
function byBeginning(one: Seat, other: Seat): number {
  return (one.sharedAt ?? 0) - (other.sharedAt ?? 0) || (one.id < other.id ? -1 : 1);
}
