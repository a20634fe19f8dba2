import type { Meeting } from '../../meetings/meeting.ts';
import { settings } from '../../runtime/settings.ts';
import { table } from '../../runtime/table.ts';
import { openingOf } from '../opening.ts';
import { tellEnd } from './announce.ts';
import { endRoom } from './endRoom.ts';
import { roomStore } from './roomStore.ts';
import { keepTimes } from './syncMeetingTimes.ts';

/** Brings the room of a meeting in line with the meeting as it is now, and tells who is in it. */
export async function followRoom(meeting: Meeting, now: Date): Promise<void> {
  const rooms = roomStore(table());
  const room = await rooms.read(meeting.id);
  if (!room.state) return;
  const opening = openingOf(meeting, settings().openBeforeMinutes, now);
  if (opening === 'cancelled') return endRoom(rooms, room, 'cancelled');
  const areNew = await keepTimes(rooms, room.id, meeting, now);
  // Also where they are not: whoever kept them may have died before he had ended the room.
  if (opening === 'too-early') return endRoom(rooms, room, 'moved', meeting.validSince);
  if (opening === 'ended') return endRoom(rooms, room, 'over');
  if (areNew) await tellEnd(rooms, room.id, now);
}
