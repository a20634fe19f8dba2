import { isDeepStrictEqual } from 'node:util';
import type { RoomView, ServerMessage } from '../signalling/protocol.ts';
import { endTimeOf, heldSeats, isLocked, type Knock, personOf, type Room, type Seat, waitingKnocks } from './seat.ts';
import { isLikeRemoved } from './seating.ts';

/** What somebody in a room should know of it. */
export function viewOf(room: Room, seat: Seat, now: Date): RoomView {
  const endsAt = endTimeOf(room);
  return {
    people: othersIn(room, seat.id, now).map(personOf),
    locked: isLocked(room),
    ...(endsAt === undefined ? {} : { endsAt }),
  };
}

/** What brings somebody who was told of the one room up to the other. */
export function messagesBetween(told: Room, room: Room, seat: Seat, now: Date): ServerMessage[] {
  const known = othersIn(told, seat.id, now);
  const ids = new Set([...known, ...othersIn(room, seat.id, now)].map(({ id }) => id));
  const knownAs = (id: string) => known.find((other) => other.id === id);
  const ofPeople = [...ids].map((id) => presenceAfter(id, knownAs(id), room, now));
  const at = endTimeOf(room);
  return [
    ...(seat.host ? knocksBetween(told, room, now) : []),
    ...ofPeople.filter((message) => message !== undefined),
    ...(isLocked(room) === isLocked(told) ? [] : [{ type: 'locked' as const, locked: isLocked(room) }]),
    ...(at === undefined || at === endTimeOf(told) ? [] : [{ type: 'ending' as const, at }]),
  ];
}

function knocksBetween(told: Room, room: Room, now: Date): ServerMessage[] {
  const [known, current] = [waitingKnocks(told, now), waitingKnocks(room, now)];
  const missingIn = (knocks: readonly Knock[]) => (knock: Knock) => knocks.every(({ id }) => id !== knock.id);
  return [
    ...current.filter(missingIn(known)).map((knock) => knockMessage(room, knock)),
    ...known.filter(missingIn(current)).map(({ id }) => ({ type: 'knockGone' as const, id })),
  ];
}

/** What tells whoever knows nothing of somebody whether they are there. */
export function presenceOf(id: string, room: Room, now: Date): ServerMessage {
  const seat = seatOfId(room, id, now);
  return seat ? arrivalOf(seat) : departureOf(room, id);
}

/** What tells whoever knew somebody in a seat, or did not know them, how they are now; undefined where it is the same. */
export function presenceAfter(id: string, known: Seat | undefined, room: Room, now: Date): ServerMessage | undefined {
  const seat = seatOfId(room, id, now);
  if (!seat) return known && departureOf(room, id);
  if (known?.connectionId !== seat.connectionId) return arrivalOf(seat);
  const person = personOf(seat);
  return isDeepStrictEqual(personOf(known), person) ? undefined : { type: 'changed', person };
}

function arrivalOf(seat: Seat): ServerMessage {
  return { type: 'arrived', person: personOf(seat) };
}

/** Whoever was lost may come back, as long as nobody else has their seat. */
function departureOf({ seats }: Room, id: string): ServerMessage {
  const isLost = seats.some((seat) => seat.id === id && seat.released === 'lost');
  return { type: 'left', id, ...(isLost ? { lost: true } : {}) };
}

/** What hosts are told of someone who waits. */
export function knockMessage(room: Room, knock: Knock): Extract<ServerMessage, { type: 'knocking' }> {
  const { id, name } = knock;
  return { type: 'knocking', id, name, ...(isLikeRemoved(room, knock) ? { removed: true } : {}) };
}

/** What those who wait should know. */
export function hostsMessage(room: Room, now: Date): Extract<ServerMessage, { type: 'hosts' }> {
  return { type: 'hosts', here: hostsIn(room, now).length > 0 };
}

/** All but one who have a seat. */
export function othersIn(room: Room, id: string, now: Date): Seat[] {
  return heldSeats(room, now).filter((seat) => seat.id !== id);
}

/** Those who admit, remove, lock and end. */
export function hostsIn(room: Room, now: Date): Seat[] {
  return heldSeats(room, now).filter(({ host }) => host);
}

/** The seat that somebody holds now. */
export function seatOfId(room: Room, id: string, now: Date): Seat | undefined {
  return heldSeats(room, now).find((seat) => seat.id === id);
}
