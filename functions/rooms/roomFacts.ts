import type { DialIn } from '../meetings/dialIn.ts';
import { isPasswordProtected, type Meeting } from '../meetings/meeting.ts';
import type { PersonalFacts } from './closedRoom.ts';
import type { Conference, ConferenceRoom } from './conference/conference.ts';
import { withoutCredentials } from './conference/mesh/iceServers.ts';
import { mesh } from './conference/mesh/mesh.ts';
import { opensAt } from './opening.ts';
import { publicRoomId } from './publicRoom.ts';
import type { RoomFacts } from './signalling/protocol.ts';

/** What a deployment says of all its rooms. */
export interface RoomDeployment {
  readonly roomCapacity: number;
  readonly openBeforeMinutes: number;
  readonly socketUrl: string;
  readonly iceServers: readonly { readonly urls: readonly string[] }[];
  readonly conference: Pick<Conference, 'facts'>;
}

/** How a link named a meeting: with its key alone, or so that the page cannot read the key from it and is told it. */
export type NamedBy = 'key' | 'alias' | 'person';

interface Circumstances {
  /** What they are called. */
  readonly organizer: string | undefined;
  readonly dialIn: DialIn | undefined;
  /** Whether a host has ended the conference for everyone. */
  readonly endedByHost: boolean;
  readonly personal?: PersonalFacts | undefined;
}

/** What the page behind a meeting's link is told, where the room is open. */
export function meetingFacts(
  meeting: Meeting,
  namedBy: NamedBy,
  { organizer, dialIn, endedByHost, personal }: Circumstances,
  deployment: RoomDeployment,
): RoomFacts {
  const isProtected = isPasswordProtected(meeting);
  return {
    kind: 'meeting',
    room: namedBy === 'key' ? meeting.id : `${meeting.id}.${meeting.key}`,
    name: meeting.name,
    ...(organizer === undefined ? {} : { organizer }),
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    opensAt: opensAt(meeting, deployment.openBeforeMinutes).toISOString(),
    timeZone: meeting.timeZone,
    sequence: meeting.sequence,
    ...(meeting.language === undefined ? {} : { language: meeting.language }),
    lobby: meeting.lobby,
    ...(dialIn?.pin === undefined ? {} : { dialIn: { extension: dialIn.extension, pin: dialIn.pin } }),
    ...(isProtected ? { isPasswordProtected: true as const } : {}),
    ...(endedByHost ? { endedByHost: true as const } : {}),
    ...personal,
    // A Jitsi server asks for no password: a meeting from before there was one is held by the page.
    ...deploymentFacts({ kind: 'meeting', meeting }, isProtected ? { ...deployment, conference: mesh } : deployment),
  };
}

/** What the page of a public room is told. */
export function publicFacts(identifier: string, deployment: RoomDeployment): RoomFacts {
  const room = publicRoomId(identifier);
  return {
    kind: 'public',
    room,
    name: identifier,
    lobby: false,
    ...deploymentFacts({ kind: 'public', id: room }, deployment),
  };
}

function deploymentFacts(room: ConferenceRoom, { roomCapacity, socketUrl, iceServers, conference }: RoomDeployment) {
  return {
    capacity: roomCapacity,
    socketUrl,
    // The others come with a seat and credentials.
    iceServers: withoutCredentials(iceServers),
    ...conference.facts(room),
  };
}
