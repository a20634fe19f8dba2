import type { Meeting } from '../../meetings/meeting.ts';
import { linkFingerprint } from '../fingerprint.ts';
import { openingOf } from '../opening.ts';
import { type EndServices, endRoom } from './endRoom.ts';
import { putOutOldLink } from './putOutOldLink.ts';
import { broadcastEnd } from './roomBroadcasts.ts';
import type { RoomServices } from './roomServices.ts';
import { syncMeetingTimes, type TimesServices } from './syncMeetingTimes.ts';

export type SyncServices = EndServices &
  TimesServices & { readonly settings: Pick<RoomServices['settings'], 'openBeforeMinutes'> };

/** Brings the room of a meeting in line with the meeting as it is now, and tells who is in it. */
export async function syncRoom(services: SyncServices, meeting: Meeting, now: Date): Promise<void> {
  const link = linkFingerprint(meeting);
  // Kept before the room is read: whoever comes in meanwhile finds it, or is found.
  await services.rooms.keepLink(meeting.id, link, meeting.revision);
  const room = await services.rooms.read(meeting.id);
  if (!room.state) return;
  const opening = openingOf(meeting, services.settings.openBeforeMinutes, now);
  if (opening === 'cancelled') return endRoom(services, room, { reason: 'cancelled' }, now);
  const areNew = await syncMeetingTimes(services, room.id, meeting, now);
  // Also where they are not: whoever kept them may have died before they had ended the room.
  if (opening === 'too-early') return endRoom(services, room, { reason: 'moved', validSince: meeting.validSince }, now);
  if (opening === 'ended') return endRoom(services, room, { reason: 'over' }, now);
  await putOutOldLink(services, room, link, now);
  if (areNew) await broadcastEnd(services, room.id, now);
}
