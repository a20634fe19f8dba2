import { partsOfLink } from '../../meetings/links/link.ts';
import { attemptLimit } from '../../rooms/attemptLimit.ts';
import { findMeetingByKey } from '../../rooms/findLinkedMeeting.ts';
import { fingerprint, linkFingerprint } from '../../rooms/fingerprint.ts';
import { networkOf } from '../../rooms/network.ts';
import { openingOf } from '../../rooms/opening.ts';
import { isPublicRoomId } from '../../rooms/publicRoom.ts';
import { isAllowedOrigin } from '../../rooms/signalling/origin.ts';
import { parseSocketEvent, type SocketEvent } from '../../rooms/signalling/socketEvent.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { Refusal } from '../../runtime/refusal.ts';
import { settings } from '../../runtime/settings.ts';
import * as stores from '../stores.ts';

/**
 * The sockets' `$connect`: lets in whoever knows a room that is open. A browser does not see why it was
 * refused: its page asks the room's link.
 */
export async function handler(input: unknown): Promise<{ statusCode: number }> {
  const event = parseSocketEvent(input);
  const { connectionId } = event;
  try {
    const roomId = await openConnection(event, new Date());
    log.info('Socket opened', { connectionId, roomId });
    return { statusCode: 200 };
  } catch (error) {
    if (error instanceof Refusal) {
      log.info('Socket refused', { connectionId, code: error.code });
      return { statusCode: error.kind === 'limited' ? 429 : 403 };
    }
    log.error('Error while opening a socket', { connectionId, error: errorOf(error) });
    return { statusCode: 500 };
  }
}

async function openConnection(
  { connectionId, sourceAddress, headers, query }: SocketEvent,
  now: Date,
): Promise<string> {
  if (!isAllowedOrigin(headers.origin, settings())) throw socketRefusal('origin');
  await stores.limits().count(attemptLimit(sourceAddress), now);
  const opened = await roomOf(query, now);
  if (!opened) throw socketRefusal('no-such-room');
  const { roomId, link } = opened;
  const network = fingerprint(roomId, networkOf(sourceAddress));
  await stores.connections().open({ connectionId, roomId, network, link }, now);
  return roomId;
}

interface OpenedRoom {
  readonly roomId: string;
  readonly link?: string;
}

/** The room that the query opens now: a public one, or that of a meeting with its link's key. */
async function roomOf({ room = '', key = '' }: Record<string, string>, now: Date): Promise<OpenedRoom | undefined> {
  const { publicRooms, openBeforeMinutes } = settings();
  if (isPublicRoomId(room)) return publicRooms ? { roomId: room } : undefined;
  // Where a link does not tell the key, the room does.
  const parts = partsOfLink(room) ?? { id: room, key };
  const meeting = await findMeetingByKey(parts.id, parts.key, stores.meetings());
  if (!meeting || openingOf(meeting, openBeforeMinutes, now) !== 'open') return undefined;
  return { roomId: meeting.id, link: linkFingerprint(meeting) };
}

function socketRefusal(code: string): Refusal {
  return new Refusal('forbidden', code, 'The socket is not opened.');
}
