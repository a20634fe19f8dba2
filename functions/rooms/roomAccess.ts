import type { Sealed } from '../meetings/links/personalLink.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { MeetingStore } from '../meetings/meetingStore.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import { linkFingerprint } from './fingerprint.ts';
import { type Opening, openingOf } from './opening.ts';
import { isPublicRoomId } from './publicRoom.ts';

/** What holds in a room that is open. */
export interface RoomAccess {
  /** Of a meeting's room. */
  readonly times: Pick<Meeting, 'validSince' | 'validUntil'> | undefined;
  /** Whether hosts admit whoever comes. */
  readonly lobby: boolean;
  /** The fingerprint of its link as it is now; public rooms have none. */
  readonly link: string | undefined;
  /** The meeting, as far as its password and its personal links go; public rooms have none. */
  readonly meeting: (Sealed & Pick<Meeting, 'passwordHash' | 'participants'>) | undefined;
}

/** What decides whether rooms are open. */
export interface RoomAccessContext {
  readonly meetings: Pick<MeetingStore, 'get'>;
  readonly settings: Pick<RuntimeSettings, 'publicRooms' | 'openBeforeMinutes'>;
}

/** Whether a room is open now, to those who were let into its socket; else why it is not. */
export async function readAccess(
  roomId: string,
  { meetings, settings }: RoomAccessContext,
  now: Date,
): Promise<RoomAccess | Exclude<Opening, 'open'>> {
  if (isPublicRoomId(roomId))
    return settings.publicRooms ? { times: undefined, lobby: false, link: undefined, meeting: undefined } : 'ended';
  const meeting = await meetings.get(roomId);
  if (!meeting) return 'ended';
  const opening = openingOf(meeting, settings.openBeforeMinutes, now);
  if (opening !== 'open') return opening;
  return { times: meeting, lobby: meeting.lobby, link: linkFingerprint(meeting), meeting };
}
