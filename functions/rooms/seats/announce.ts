import { isDeepStrictEqual } from 'node:util';
import { inParallel } from '../../runtime/inParallel.ts';
import type { Person, ServerMessage } from '../signalling/protocol.ts';
import { post } from '../signalling/socketClient.ts';
import type { RoomStore } from './roomStore.ts';
import { endOf, heldSeats, isLocked, type Knock, personOf, type Room, type Seat, waiting } from './seat.ts';
import { isLikeRemoved } from './seating.ts';

/** The gateway also answers 410 for a connection that is still being made. */
const settledMilliseconds = 10_000;

/** A room holds no more than this many people, and a host beside them, so that all hear at once. */
const mostAtOnce = 17;

/** Somebody would have to come and go this often within a second. */
const mostCorrections = 5;

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

/** What to say of a room as it is, to whoever knows it as it was told. */
type News = (room: Room, told: Room | undefined) => readonly ServerMessage[];

/**
 * Tells people in a room what follows from a write. What functions tell at the same time may overtake each
 * other; so the room is read again, and what holds is said again, until it was said last.
 *
 * @param told the room as those whom it concerns know it already
 */
export async function keepTelling(
  rooms: RoomStore,
  roomId: string,
  to: (room: Room) => readonly Seat[],
  news: News,
  now: Date,
  told?: Room,
): Promise<void> {
  let known = told;
  for (let correction = 0; correction <= mostCorrections; correction += 1) {
    const room = await rooms.read(roomId);
    const messages = news(room, known);
    if (messages.length === 0) return;
    for (const message of messages) await announce(rooms, roomId, to(room), message, now);
    known = room;
  }
}

/** Tells the others that somebody is there, or there no more. */
export async function tellPresence(rooms: RoomStore, roomId: string, id: string, now: Date): Promise<void> {
  const news = (room: Room, told: Room | undefined) => {
    const seat = holderOf(room, id, now);
    const first = seat ? arrivalOf(seat) : departureOf(room, id);
    return [told ? newsOf(id, holderOf(told, id, now), room, now) : first].filter((message) => message !== undefined);
  };
  await keepTelling(rooms, roomId, (room) => othersIn(room, id, now), news, now);
}

/** Tells the others what somebody shows of himself, in these respects. */
export async function tellChange(
  rooms: RoomStore,
  roomId: string,
  { id, connectionId }: Seat,
  respects: Partial<Person>,
  now: Date,
): Promise<void> {
  const changed = (room: Room) => {
    const seat = holderOf(room, id, now);
    // Of whoever has come anew, others are told all.
    if (seat?.connectionId !== connectionId) return undefined;
    const shown = Object.entries(personOf(seat)).filter(([respect]) => respect in respects);
    return { type: 'changed', person: { ...Object.fromEntries(shown), id } } as const;
  };
  await keepTelling(rooms, roomId, (room) => othersIn(room, id, now), whatHolds(changed), now);
}

/** Tells hosts that somebody waits, or waits no more. */
export async function tellKnock(rooms: RoomStore, roomId: string, id: string, now: Date): Promise<void> {
  const news = whatHolds((room) => {
    const knock = waiting(room, now).find((one) => one.id === id);
    return knock ? knockingOf(room, knock) : { type: 'knockGone', id };
  });
  await keepTelling(rooms, roomId, (room) => hostsIn(room, now), news, now);
}

/** Tells everyone whether the room is locked. */
export async function tellLock(rooms: RoomStore, roomId: string, now: Date): Promise<void> {
  const news = whatHolds((room) => ({ type: 'locked', locked: isLocked(room) }));
  await keepTelling(rooms, roomId, (room) => heldSeats(room, now), news, now);
}

/** Tells everyone when the room ends. */
export async function tellEnd(rooms: RoomStore, roomId: string, now: Date): Promise<void> {
  const news = whatHolds((room) => {
    const at = endOf(room);
    return at === undefined ? undefined : { type: 'ending', at };
  });
  await keepTelling(rooms, roomId, (room) => heldSeats(room, now), news, now);
}

/** What one message says of a room, wherever another was said of it before, or none. */
function whatHolds(messageOf: (room: Room) => ServerMessage | undefined): News {
  return (room, told) => {
    const message = messageOf(room);
    return message === undefined || (told && isDeepStrictEqual(message, messageOf(told))) ? [] : [message];
  };
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

/** All but one who have a seat. */
export function othersIn(room: Room, id: string, now: Date): Seat[] {
  return heldSeats(room, now).filter((seat) => seat.id !== id);
}

function holderOf(room: Room, id: string, now: Date): Seat | undefined {
  return heldSeats(room, now).find((seat) => seat.id === id);
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
