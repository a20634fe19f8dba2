import { meetingStore } from '../meetings/meetingStore.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { type Opening, openingOf } from './opening.ts';
import { isPublicRoomId } from './publicRoom.ts';
import type { Times } from './seats/seat.ts';

/** What holds in a room that is open. */
export interface Access {
  /** Of a meeting's room. */
  readonly times: Times | undefined;
  /** Whether hosts admit whoever comes. */
  readonly lobby: boolean;
}

/** Whether a room is open now, to those who came through its door. */
export async function accessTo(roomId: string, now: Date): Promise<Access | Exclude<Opening, 'open'>> {
  const { publicRooms, retentionDays, openBeforeMinutes } = settings();
  if (isPublicRoomId(roomId)) return publicRooms ? { times: undefined, lobby: false } : 'ended';
  const meeting = await meetingStore(table(), retentionDays).get(roomId);
  if (!meeting) return 'ended';
  const opening = openingOf(meeting, openBeforeMinutes, now);
  if (opening !== 'open') return opening;
  return { times: meeting, lobby: meeting.lobby };
}
