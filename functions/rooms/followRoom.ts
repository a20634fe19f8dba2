import type { Meeting } from '../meetings/meeting.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { announce } from './announce.ts';
import { endRoom } from './endRoom.ts';
import { keepTimes } from './keepTimes.ts';
import { openingOf } from './opening.ts';
import { roomStore } from './roomStore.ts';
import { heldSeats } from './seat.ts';

/** Brings the room of a meeting in line with the meeting as it is now, and tells who is in it. */
export async function followRoom(meeting: Meeting, now: Date): Promise<void> {
  const rooms = roomStore(table());
  const room = await rooms.read(meeting.id);
  if (!room.state) return;
  const opening = openingOf(meeting, settings().openBeforeMinutes, now);
  if (opening === 'cancelled') return endRoom(rooms, room, 'cancelled');
  if (!(await keepTimes(rooms, room.id, meeting, now))) return;
  if (opening === 'too-early') return endRoom(rooms, room, 'moved', meeting.validSince);
  if (opening === 'ended') return endRoom(rooms, room, 'over');
  if (room.state.validUntil.getTime() === meeting.validUntil.getTime()) return;
  const at = meeting.validUntil.toISOString();
  await announce(rooms, room.id, heldSeats(room, now), { type: 'ending', at }, now);
}
