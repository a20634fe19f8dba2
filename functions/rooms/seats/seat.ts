import * as z from 'zod/mini';
import { storedInstant } from '../../runtime/row.ts';
import type { Person } from '../signalling/protocol.ts';

/** The gateway ends a connection after ten silent minutes; a seat that nobody extends is lost by then. */
export const leaseMilliseconds = 10 * 60_000;

/** How long somebody whom others miss has to say that they are there. */
export const answerMilliseconds = 12_000;

/** How long whoever lost their seat may come back to it with its token, unless another has taken it. */
export const returnMilliseconds = 10 * 60_000;

/** Before the end of a meeting, people in its room are warned. */
export const warningMilliseconds = 5 * 60_000;

const person = {
  id: z.string(),
  connectionId: z.string(),
  name: z.string(),
  camera: z.boolean(),
  microphone: z.boolean(),
  /** Of the network that they came from and of what their browser calls itself: they may be known by either. */
  fingerprints: z.optional(z.array(z.string())),
  /** The fingerprint of the link that they came by. */
  link: z.optional(z.string()),
  /** Of whoever came by their personal link. */
  participantId: z.optional(z.string()),
  /** Epoch milliseconds; later than this, they are gone without a word. */
  heldUntil: z.number(),
};

export const seatSchema = z.object({
  ...person,
  number: z.number(),
  /** SHA-256 of the token that brings its holder back. */
  tokenHash: z.string(),
  host: z.boolean(),
  screen: z.boolean(),
  /** Since when they share, or did last; epoch milliseconds. */
  sharedAt: z.optional(z.number()),
  seatedAt: storedInstant,
  /** Of whoever came with a host's token. */
  userId: z.optional(z.string()),
  /** Since when they are there: before `seatedAt` where they have taken the seat again at once. */
  joinedAt: z.optional(storedInstant),
  /** The end of the meeting as it was when they came; absent in public rooms. */
  meetingUntil: z.optional(storedInstant),
  /** Why it is free again; absent while it is held. */
  released: z.optional(z.enum(['left', 'lost', 'removed'])),
});

/** Someone who waits to be admitted. */
export const knockSchema = z.object({
  ...person,
  /** That of the fingerprints which is their network's. */
  network: z.optional(z.string()),
  /** Epoch milliseconds. */
  knockedAt: z.optional(z.number()),
  /** Whether they were to be told that they wait; until then those who came earlier may displace them. */
  confirmed: z.optional(z.boolean()),
});

/** Someone whom a host has removed. */
export const removalSchema = z.object({ tokenHash: z.string(), fingerprints: z.array(z.string()) });

/** What is known of a room beside who is in it; public rooms have none. */
export const roomStateSchema = z.object({
  locked: z.boolean(),
  validSince: storedInstant,
  validUntil: storedInstant,
  /** The end of which people have been warned. */
  warnedOf: z.optional(storedInstant),
  /** The start of the meeting that a host has ended: one that is moved begins anew. */
  endedOf: z.optional(storedInstant),
  /** The fingerprint of the meeting's link at its last change that the room has followed. */
  link: z.optional(z.string()),
});

export type Seat = Readonly<z.output<typeof seatSchema>>;
export type Knock = Readonly<z.output<typeof knockSchema>>;
export type Removal = Readonly<z.output<typeof removalSchema>>;
export type RoomState = Readonly<z.output<typeof roomStateSchema>>;
export type RoomTimes = Pick<RoomState, 'validSince' | 'validUntil'>;

/** Who is in a room, who waits before it, and who was removed from it. */
export interface Room {
  readonly id: string;
  readonly state: RoomState | undefined;
  readonly seats: readonly Seat[];
  readonly knocks: readonly Knock[];
  readonly removals: readonly Removal[];
}

export function isHeld({ released, heldUntil }: Seat, now: Date): boolean {
  return released === undefined && heldUntil > now.getTime();
}

/** Held once, extended no more, and nobody has been told. */
export function hasLapsed({ released, heldUntil }: Seat, now: Date): boolean {
  return released === undefined && heldUntil <= now.getTime();
}

/** Those who still wait to be admitted. */
export function waitingKnocks({ knocks }: Pick<Room, 'knocks'>, now: Date): Knock[] {
  return knocks.filter(({ heldUntil }) => heldUntil > now.getTime());
}

export function heldSeats({ seats }: Pick<Room, 'seats'>, now: Date): Seat[] {
  return seats.filter((seat) => isHeld(seat, now));
}

export function isLocked({ state }: Pick<Room, 'state'>): boolean {
  return state?.locked ?? false;
}

/** Whether a host has ended the conference for everyone, and none has opened it since. */
export function isEndedByHost({ state }: Pick<Room, 'state'>): boolean {
  return state?.endedOf !== undefined && state.endedOf.getTime() === state.validSince.getTime();
}

/** Whether somebody may have come by a link that has been replaced, as far as the room knows. */
export function isOfOtherLink({ state }: Pick<Room, 'state'>, { link }: Pick<Seat | Knock, 'link'>): boolean {
  return state?.link !== undefined && link !== undefined && link !== state.link;
}

/** RFC 3339; undefined for a room without end. */
export function endTimeOf({ state }: Pick<Room, 'state'>): string | undefined {
  return state?.validUntil.toISOString();
}

/** Whether a meeting's time is up, as far as its room knows. */
export function isRoomOver({ state }: Pick<Room, 'state'>, now: Date): boolean {
  return state !== undefined && state.validUntil <= now;
}

export function personOf({ id, name, host, camera, microphone, screen, sharedAt }: Seat): Person {
  const since = screen && sharedAt !== undefined ? { screenSince: new Date(sharedAt).toISOString() } : {};
  return { id, name, host, camera, microphone, screen, ...since };
}
