import { tellKnock } from './announce.ts';
import type { RoomStore } from './roomStore.ts';
import type { Knock, Room } from './seat.ts';

/** Ends somebody's waiting, and tells the hosts. */
export async function freeKnock(rooms: RoomStore, room: Room, knock: Knock, now: Date): Promise<void> {
  if (!(await rooms.dropKnock(room.id, knock))) return;
  await tellKnock(rooms, room.id, knock.id, now);
}
