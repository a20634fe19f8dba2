import { broadcastKnock } from './roomBroadcasts.ts';
import type { BroadcastServices } from './roomServices.ts';
import type { Knock, Room } from './seat.ts';

/** Ends somebody's waiting, and tells the hosts. */
export async function freeKnock(services: BroadcastServices, room: Room, knock: Knock, now: Date): Promise<void> {
  if (!(await services.rooms.dropKnock(room.id, knock))) return;
  await broadcastKnock(services, room.id, knock.id, now);
}
