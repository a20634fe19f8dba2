import type { JoinRefusal } from '../signalling/protocol.ts';
import { isEndedByHost, isHeld, type Knock, type Room, returnMilliseconds, type Seat, waitingKnocks } from './seat.ts';

/**
 * So many may wait to be admitted: from one network (an office comes from one address), with one browser, and in all;
 * a host's list holds no more, and one visitor alone never fills it.
 */
const mostWaiting = { network: 16, browser: 3, all: 200 };

/** Someone who asks for a seat, as the rules see them. */
export interface Newcomer {
  /** SHA-256 of the token of the seat that they had; undefined where they bring none. */
  readonly tokenHash: string | undefined;
  /** They have proved that they are a host, or a host has let them in. */
  readonly host: boolean;
  readonly admitted: boolean;
  /** What they may be known by. */
  readonly fingerprints: readonly string[];
  /** That of them which is their network's. */
  readonly network?: string | undefined;
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
    if (isKept && isCrowded(waitingKnocks(room, now), newcomer)) return { answer: 'refuse', reason: 'crowded' };
    if (isKept) return { answer: 'wait' };
  }
  const free = freeNumbers(room.seats, capacity, now);
  const number = free[newcomer.spread % free.length] ?? seatBeyond(room, newcomer, capacity, now);
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

/** Whether so many came before and wait still that a knock, which was written at the same time as others, is one too many. */
export function isTooMany(room: Room, knock: Knock, now: Date): boolean {
  const { id, knockedAt = 0, fingerprints = [], network } = knock;
  const isBefore = (other: Knock) => {
    const since = other.knockedAt ?? 0;
    return since < knockedAt || (since === knockedAt && other.id < id);
  };
  return isCrowded(waitingKnocks(room, now).filter(isBefore), { fingerprints, network });
}

/** Those who came later, and of whom a knock makes one too many: it was written after theirs, or they see it themselves. */
export function displacedBy(room: Room, knock: Knock, now: Date): Knock[] {
  const without = { ...room, knocks: room.knocks.filter(({ id }) => id !== knock.id) };
  return waitingKnocks(without, now).filter((other) => isTooMany(room, other, now) && !isTooMany(without, other, now));
}

function isCrowded(waiting: readonly Knock[], { fingerprints, network }: Pick<Newcomer, 'fingerprints' | 'network'>) {
  const mostOf = (mark: string) => (mark === network ? mostWaiting.network : mostWaiting.browser);
  const alike = (mark: string) => waiting.filter((knock) => knock.fingerprints?.includes(mark)).length;
  return waiting.length >= mostWaiting.all || fingerprints.some((mark) => alike(mark) >= mostOf(mark));
}

/**
 * A full room has two seats left beyond its capacity: for one host, without whom nobody could make room, and for one
 * person from elsewhere where all others come from one network, or have one browser.
 */
function seatBeyond(
  { seats }: Room,
  { host, fingerprints }: Newcomer,
  capacity: number,
  now: Date,
): number | undefined {
  const held = seats.filter((seat) => isHeld(seat, now));
  const isFree = (number: number) => held.every((seat) => seat.number !== number);
  if (host && isFree(capacity)) return capacity;
  const [first, ...others] = held.filter((seat) => !seat.host);
  const ofAll = first?.fingerprints?.filter((mark) => others.every((seat) => seat.fingerprints?.includes(mark))) ?? [];
  const isFromElsewhere =
    ofAll.length > 0 && fingerprints.length > 0 && !ofAll.some((mark) => fingerprints.includes(mark));
  return isFromElsewhere && isFree(capacity + 1) ? capacity + 1 : undefined;
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
