import type { JoinRefusal } from '../signalling/protocol.ts';
import { isEndedByHost, isHeld, type Room, returnMilliseconds, type Seat, waitingKnocks } from './seat.ts';

/** So many may wait to be admitted. */
const mostWaiting = 50;

/** Someone who asks for a seat, as the rules see them. */
export interface Newcomer {
  /** SHA-256 of the token of the seat that they had; undefined where they bring none. */
  readonly tokenHash: string | undefined;
  /** They have proved that they are a host, or a host has let them in. */
  readonly host: boolean;
  readonly admitted: boolean;
  /** What they may be known by. */
  readonly fingerprints: readonly string[];
  /** Any number; those who come at once with different ones try different seats. */
  readonly spread: number;
}

interface Rules {
  /** Seats are numbered from 0 to less than this; the next one is kept for a host. */
  readonly capacity: number;
  /** Whether hosts admit whoever comes. */
  readonly lobby: boolean;
}

export type Seating =
  | { readonly answer: 'sit'; readonly number: number; readonly host: boolean; readonly returns: Seat | undefined }
  | { readonly answer: 'wait' }
  | { readonly answer: 'refuse'; readonly reason: JoinRefusal };

/** Whether and where a newcomer sits, as the room is now. */
export function seatingOf(room: Room, newcomer: Newcomer, { capacity, lobby }: Rules, now: Date): Seating {
  const own = seatOfToken(room.seats, newcomer.tokenHash, now);
  if (own?.released === 'removed' || isRemoved(room, newcomer)) return { answer: 'refuse', reason: 'removed' };
  const host = newcomer.host || own?.host === true;
  if (isEndedByHost(room) && !host) return { answer: 'refuse', reason: 'ended-host' };
  if (own) return { answer: 'sit', number: own.number, host, returns: own };
  if (!newcomer.host && !newcomer.admitted) {
    if (room.state?.locked) return { answer: 'refuse', reason: 'locked' };
    const isKept = lobby || isLikeRemoved(room, newcomer);
    if (isKept && waitingKnocks(room, now).length < mostWaiting) return { answer: 'wait' };
    if (isKept) return { answer: 'refuse', reason: 'full' };
  }
  const free = freeNumbers(room.seats, capacity, now);
  const number = free[newcomer.spread % free.length] ?? (newcomer.host ? seatOfHost(room, capacity, now) : undefined);
  if (number === undefined) return { answer: 'refuse', reason: 'full' };
  return { answer: 'sit', number, host: newcomer.host, returns: undefined };
}

function isRemoved({ removals }: Room, { tokenHash }: Newcomer): boolean {
  return removals.some((removal) => removal.tokenHash === tokenHash);
}

/** They come from where somebody was removed, or with that browser: it may be the same person, so that a host decides. */
export function isLikeRemoved(
  { removals }: Pick<Room, 'removals'>,
  { fingerprints = [] }: { readonly fingerprints?: readonly string[] | undefined },
): boolean {
  return removals.some((removal) => removal.fingerprints.some((one) => fingerprints.includes(one)));
}

/** A full room has a seat left for one host, beyond its capacity: without them nobody could make room. */
function seatOfHost({ seats }: Room, capacity: number, now: Date): number | undefined {
  return seats.some((seat) => seat.number === capacity && isHeld(seat, now)) ? undefined : capacity;
}

function seatOfToken(seats: readonly Seat[], tokenHash: string | undefined, now: Date): Seat | undefined {
  const own = seats.find((seat) => seat.tokenHash === tokenHash);
  return own && now.getTime() < own.heldUntil + returnMilliseconds ? own : undefined;
}

/** Those that nobody has had come first, so that whoever lost their seat may find it free. */
function freeNumbers(seats: readonly Seat[], capacity: number, now: Date): number[] {
  const numbers = Array.from({ length: capacity }, (_, number) => number);
  const held = new Set(seats.filter((seat) => isHeld(seat, now)).map(({ number }) => number));
  const had = new Set(seats.map(({ number }) => number));
  const untouched = numbers.filter((number) => !had.has(number));
  return untouched.length > 0 ? untouched : numbers.filter((number) => !held.has(number));
}
