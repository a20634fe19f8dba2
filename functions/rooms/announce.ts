import { isDeepStrictEqual } from 'node:util';
import { inParallel } from '../runtime/inParallel.ts';
import type { ServerMessage } from './protocol.ts';
import type { RoomStore } from './roomStore.ts';
import { heldSeats, type Knock, personOf, type Room, type Seat, waiting } from './seat.ts';
import { isLikeRemoved } from './seating.ts';
import { post } from './sockets.ts';

/** The gateway also answers 410 for a connection that is still being made. */
const settledMilliseconds = 10_000;

/** A room holds no more than this many people, and a host beside them, so that all hear at once. */
const mostAtOnce = 17;

/** Somebody would have to come and go this often within a second. */
export const mostCorrections = 5;

/** Tells people in a room something; whoever turns out to be gone loses his seat, and the rest are told. */
export async function announce(
  rooms: RoomStore,
  roomId: string,
  to: readonly Seat[],
  message: ServerMessage,
  now: Date,
): Promise<void> {
  const outcomes = await inParallel(to, mostAtOnce, async (seat) => ({
    seat,
    posted: await post(seat.connectionId, message),
  }));
  const settled = now.getTime() - settledMilliseconds;
  for (const { seat, posted } of outcomes) {
    if (posted === 'gone' && seat.seatedAt.getTime() < settled) await freeSeat(rooms, roomId, seat, 'lost', now);
  }
}

type Freeing = 'gone' | 'lapsed' | NonNullable<Seat['released']>;

/**
 * Frees a seat, unless another has done so, and tells the others.
 *
 * @param how `gone` leaves nothing to come back to; `lapsed` is a loss that nobody has noticed yet
 */
export async function freeSeat(
  rooms: RoomStore,
  roomId: string,
  seat: Seat,
  how: Freeing,
  now: Date,
): Promise<boolean> {
  if (!(await free(rooms, roomId, seat, how, now))) return false;
  await tellPresence(rooms, roomId, seat.id, now);
  return true;
}

function free(rooms: RoomStore, roomId: string, seat: Seat, how: Freeing, now: Date): Promise<boolean> {
  if (how === 'gone') return rooms.leave(roomId, seat);
  if (how === 'lapsed') return rooms.lapse(roomId, seat, now);
  return how === 'removed' ? rooms.remove(roomId, seat, now) : rooms.release(roomId, seat, how, now);
}

/**
 * Tells the others that somebody is there, or there no more: as the room is after the write that was his
 * coming or going, so that whoever comes meanwhile is told or knows. What functions tell at the same time
 * may overtake each other; so the room is read again, and what holds is said again, until it was said last.
 *
 * @returns the room as it was when that was found to be so
 */
export async function tellPresence(rooms: RoomStore, roomId: string, id: string, now: Date): Promise<Room> {
  let room = await rooms.read(roomId);
  let said = holderOf(room, id, now);
  let news: ServerMessage | undefined = said ? arrivalOf(said) : departureOf(room, id);
  for (let correction = 0; news && correction <= mostCorrections; correction += 1) {
    const others = heldSeats(room, now).filter((other) => other.id !== id);
    await announce(rooms, roomId, others, news, now);
    room = await rooms.read(roomId);
    news = newsOf(id, said, room, now);
    said = holderOf(room, id, now);
  }
  return room;
}

/** What tells whoever knows somebody in this seat, or does not know him, how he is now; undefined where he knows. */
export function newsOf(id: string, known: Seat | undefined, room: Room, now: Date): ServerMessage | undefined {
  const seat = holderOf(room, id, now);
  if (!seat) return known && departureOf(room, id);
  if (known?.connectionId !== seat.connectionId) return arrivalOf(seat);
  const person = personOf(seat);
  return isDeepStrictEqual(personOf(known), person) ? undefined : { type: 'changed', person };
}

function arrivalOf(seat: Seat): ServerMessage {
  return { type: 'arrived', person: personOf(seat) };
}

/** Whoever was lost may come back, as long as nobody else has his seat. */
function departureOf({ seats }: Room, id: string): ServerMessage {
  const isLost = seats.some((seat) => seat.id === id && seat.released === 'lost');
  return { type: 'left', id, ...(isLost ? { lost: true } : {}) };
}

function holderOf(room: Room, id: string, now: Date): Seat | undefined {
  return heldSeats(room, now).find((seat) => seat.id === id);
}

/** Tells hosts that somebody waits, or waits no more: as it is, and again where that has changed meanwhile. */
export async function tellKnock(rooms: RoomStore, roomId: string, id: string, now: Date): Promise<void> {
  let said: boolean | undefined;
  for (let correction = 0; correction <= mostCorrections; correction += 1) {
    const room = await rooms.read(roomId);
    const knock = waiting(room, now).find((one) => one.id === id);
    if (said === (knock !== undefined)) return;
    said = knock !== undefined;
    await announce(rooms, roomId, hostsIn(room, now), knock ? knockingOf(room, knock) : { type: 'knockGone', id }, now);
  }
}

/** What hosts are told of someone who waits. */
export function knockingOf(room: Room, knock: Knock): Extract<ServerMessage, { type: 'knocking' }> {
  const { id, name } = knock;
  return { type: 'knocking', id, name, ...(isLikeRemoved(room, knock) ? { removed: true } : {}) };
}

/** Those who admit, remove, lock and end. */
function hostsIn(room: Room, now: Date): Seat[] {
  return heldSeats(room, now).filter(({ host }) => host);
}
