import type { DialIn } from '../meetings/dialIn.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { jitsiRoomOf } from './conference/jitsi/jitsiRoom.ts';
import { openServers } from './conference/mesh/iceServers.ts';
import { opensAt } from './opening.ts';
import { publicRoomId } from './publicRoom.ts';
import type { RoomFacts } from './signalling/protocol.ts';

/** What a deployment says of all its rooms. */
export interface Premises {
  readonly roomCapacity: number;
  readonly openBeforeMinutes: number;
  readonly socketUrl: string;
  readonly iceServers: readonly { readonly urls: readonly string[] }[];
  readonly jitsiHost?: string | undefined;
}

/** How a link named a meeting: with its key, or by the alias of its organizer, who then tells the key. */
export type NamedBy = 'key' | 'alias';

interface People {
  /** His username. */
  readonly organizer: string | undefined;
  readonly dialIn: DialIn | undefined;
}

/** What the page behind a meeting's link is told, where the room is open. */
export function meetingFacts(
  meeting: Meeting,
  namedBy: NamedBy,
  { organizer, dialIn }: People,
  premises: Premises,
): RoomFacts {
  return {
    kind: 'meeting',
    room: namedBy === 'key' ? meeting.id : `${meeting.id}.${meeting.key}`,
    name: meeting.name,
    ...(organizer === undefined ? {} : { organizer }),
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    opensAt: opensAt(meeting, premises.openBeforeMinutes).toISOString(),
    timeZone: meeting.timeZone,
    ...(meeting.language === undefined ? {} : { language: meeting.language }),
    lobby: meeting.lobby,
    ...(dialIn?.pin === undefined ? {} : { dialIn: { extension: dialIn.extension, pin: dialIn.pin } }),
    ...premisesFacts(jitsiRoomOf(meeting), premises),
  };
}

export function publicFacts(identifier: string, premises: Premises): RoomFacts {
  const room = publicRoomId(identifier);
  return { kind: 'public', room, name: identifier, lobby: false, ...premisesFacts(room, premises) };
}

function premisesFacts(jitsiRoom: string, { roomCapacity, socketUrl, iceServers, jitsiHost }: Premises) {
  return {
    capacity: roomCapacity,
    socketUrl,
    // The others come with a seat and credentials.
    iceServers: openServers(iceServers),
    ...(jitsiHost === undefined ? {} : { jitsiUrl: `${jitsiHost}/${jitsiRoom}` }),
  };
}
