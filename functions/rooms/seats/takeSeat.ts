import { sha256 } from '../../runtime/digest.ts';
import { count } from '../../runtime/metrics.ts';
import { Refusal } from '../../runtime/refusal.ts';
import { noteVisit } from '../attendance/noteVisit.ts';
import { presentSince } from '../attendance/visit.ts';
import type { RoomAccess } from '../roomAccess.ts';
import type { JoinRefusal } from '../signalling/protocol.ts';
import { broadcastLock, freeSeat } from './roomBroadcasts.ts';
import type { BroadcastServices, RoomServices } from './roomServices.ts';
import { hasLapsed, heldSeats, isEndedByHost, type Knock, leaseMilliseconds, type Seat } from './seat.ts';
import { type Newcomer, seatingOf } from './seating.ts';

/** 60 random bits, which name someone within one room. */
const seatIdLength = 12;

/** 160 random bits. */
const tokenLength = 32;

/** Someone who asks for a seat. */
export interface Applicant
  extends Pick<
    Seat,
    'connectionId' | 'name' | 'camera' | 'microphone' | 'fingerprints' | 'link' | 'participantId' | 'userId'
  > {
  /** Of the seat that they had. */
  readonly token: string | undefined;
  readonly host: boolean;
  /** The token that makes them one, where they bring it. */
  readonly hostToken?: string | undefined;
  /** The knock that a host has answered. */
  readonly admitted?: Knock;
  /** That of the fingerprints which is their network's. */
  readonly network?: string | undefined;
}

export type TakeSeatServices = BroadcastServices & Pick<RoomServices, 'newId'>;

export type TakeSeatResult =
  | { readonly answer: 'seated'; readonly seat: Seat; readonly token: string }
  | { readonly answer: 'wait' }
  | { readonly answer: 'refuse'; readonly reason: JoinRefusal }
  /** The connection has ended, or has a seat. */
  | { readonly answer: 'gone' };

/**
 * Seats someone by the rules of the room as it is; where others are faster, by the rules of what they left.
 *
 * @throws Refusal 'limited' where others are faster again and again
 */
export async function takeSeat(
  services: TakeSeatServices,
  roomId: string,
  applicant: Applicant,
  rules: { readonly capacity: number } & Pick<RoomAccess, 'lobby'>,
  now: Date,
): Promise<TakeSeatResult> {
  const { rooms, newId } = services;
  const token = applicant.token ?? newId(tokenLength);
  const newcomer = newcomerOf(applicant);
  for (let attempt = 0; attempt <= 3 * rules.capacity; attempt += 1) {
    const room = await rooms.read(roomId);
    // A lock opens behind the last one.
    if (room.state?.locked && heldSeats(room, now).length === 0) {
      await rooms.setLock(roomId, { locked: false });
      await broadcastLock(services, roomId, now);
      continue;
    }
    const seating = seatingOf(room, newcomer, rules, now);
    if (seating.answer === 'wait' || seating.answer === 'refuse') return seating;
    const lapsed = room.seats.find((seat) => seat.number === seating.number && hasLapsed(seat, now));
    // Those who know its last holder are told of them before somebody else has it.
    if (lapsed && !seating.returns && (await freeSeat(services, roomId, lapsed, 'lapsed', now))) continue;
    const known = seating.returns ? token : newId(tokenLength);
    const place = { ...seating, id: seating.returns?.id ?? newId(seatIdLength), meetingUntil: room.state?.validUntil };
    const seat = seatOf(applicant, place, known, now);
    // Else their coming back would write over how long they were there before.
    if (seating.returns && hasLapsed(seating.returns, now))
      await noteVisit(services.visits, roomId, seating.returns, now);
    const sitting = await rooms.sit(
      roomId,
      seat,
      { returns: seating.returns !== undefined, knock: applicant.admitted, hostToken: applicant.hostToken },
      now,
    );
    if (sitting === 'seated' && seat.host && isEndedByHost(room)) await rooms.reopen(roomId);
    if (sitting === 'seated') {
      if (!seating.returns) count('SeatsTaken');
      return { answer: 'seated', seat, token: known };
    }
    if (sitting === 'used') return { answer: 'refuse', reason: 'host-token' };
    if (sitting === 'gone') return { answer: 'gone' };
  }
  throw new Refusal('limited', 'limited', 'Too many people come at once.', { retryAfterSeconds: 1 });
}

/** Someone who asks for a seat, as the rules see them. */
export function newcomerOf({ connectionId, token, host, admitted, fingerprints = [], network }: Applicant): Newcomer {
  const spread = Number.parseInt(sha256(connectionId, 'hex').slice(0, 2), 16);
  const tokenHash = token === undefined ? undefined : sha256(token);
  return { tokenHash, host, admitted: admitted !== undefined, fingerprints, network, spread };
}

interface SeatPlace extends Pick<Seat, 'id' | 'number' | 'host' | 'meetingUntil'> {
  /** The seat as they had it. */
  readonly returns: Seat | undefined;
}

function seatOf(
  { connectionId, name, camera, microphone, fingerprints, link, participantId, userId }: Applicant,
  { id, number, host, returns, meetingUntil }: SeatPlace,
  token: string,
  now: Date,
): Seat {
  return {
    id,
    number,
    connectionId,
    tokenHash: sha256(token),
    name,
    host,
    camera,
    microphone,
    screen: false,
    fingerprints,
    link,
    participantId: participantId ?? returns?.participantId,
    userId: userId ?? returns?.userId,
    seatedAt: now,
    joinedAt: presentSince(returns, now),
    meetingUntil,
    heldUntil: now.getTime() + leaseMilliseconds,
  };
}
