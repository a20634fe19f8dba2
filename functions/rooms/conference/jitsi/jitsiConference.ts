import { isPasswordProtected, type Meeting } from '../../../meetings/meeting.ts';
import { openingOf, opensAt } from '../../opening.ts';
import { isPublicRoomId } from '../../publicRoom.ts';
import type { RoomAccessContext } from '../../roomAccess.ts';
import { isJitsiRoomOf, meetingIdOfJitsiRoom } from './jitsiRoom.ts';
import { conferenceRefused } from './reservation.ts';

/** A public room has no end; a conference in it begins anew after a day. */
const publicMilliseconds = 86_400_000;

/** The meeting whose conference on a Jitsi server has this name; one with a password, for which that does not ask, has none. */
export async function findMeetingOfJitsiRoom(
  room: string,
  { meetings }: Pick<RoomAccessContext, 'meetings'>,
): Promise<Meeting | undefined> {
  const id = meetingIdOfJitsiRoom(room);
  const meeting = id && (await meetings.get(id));
  return meeting && isJitsiRoomOf(meeting, room) && !isPasswordProtected(meeting) ? meeting : undefined;
}

/** Until when a conference of this name may be held, from now on. @throws Refusal 'conference-refused' */
export async function conferenceEnd(room: string, context: RoomAccessContext, now: Date): Promise<Date> {
  const { publicRooms, openBeforeMinutes } = context.settings;
  if (isPublicRoomId(room) && publicRooms) return new Date(now.getTime() + publicMilliseconds);
  const meeting = await findMeetingOfJitsiRoom(room, context);
  if (!meeting) throw conferenceRefused('There is no meeting behind this conference.');
  const opening = openingOf(meeting, openBeforeMinutes, now);
  if (opening === 'cancelled') throw conferenceRefused('The meeting has been cancelled.');
  if (opening === 'ended') throw conferenceRefused('The meeting has ended.');
  if (opening === 'too-early') {
    const opens = opensAt(meeting, openBeforeMinutes).toISOString();
    throw conferenceRefused(`You are trying to access the conference before time; it opens at ${opens}.`);
  }
  return meeting.validUntil;
}
