import { timingSafeEqual } from 'node:crypto';
import { type Meeting, meetingIdLength } from '../../../meetings/meeting.ts';
import { sha256 } from '../../../runtime/digest.ts';

/** Hexadecimal digits that hold 80 bits, as many as the link's key that they are made from. */
const sealLength = 20;

/**
 * What the conference of a meeting is called on a Jitsi server. Whoever knows the name may enter, so that
 * it holds more than the id, which is logged; it says nothing of the link's key. Jitsi makes all letters
 * small.
 */
export function jitsiRoomOf({ id, key }: Pick<Meeting, 'id' | 'key'>): string {
  const seal = sha256(`${id}.${key}`, 'hex').slice(0, sealLength);
  return `${id}-${seal}`;
}

/** The id of the meeting that a conference of this name would be; undefined where it cannot be one. */
export function meetingIdOfJitsiRoom(name: string): string | undefined {
  return name.length === meetingIdLength + 1 + sealLength ? name.slice(0, meetingIdLength) : undefined;
}

/** Compares in a time that does not depend on where the names differ. */
export function isJitsiRoomOf(meeting: Pick<Meeting, 'id' | 'key'>, name: string): boolean {
  const [expected, given] = [Buffer.from(jitsiRoomOf(meeting)), Buffer.from(name)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** The room of a conference's full JID, `room@conference.example.org` (RFC 7622). */
export function roomOfJid(jid: string): string {
  return (jid.split('@')[0] ?? '').toLowerCase();
}

/** The full JID of a meeting's conference, where a Jitsi server keeps its rooms unless it was told otherwise. */
export function jidOf(meeting: Pick<Meeting, 'id' | 'key'>, jitsiHost: string): string {
  return `${jitsiRoomOf(meeting)}@conference.${new URL(jitsiHost).host}`;
}
