import { inParallel } from '../runtime/inParallel.ts';
import type { ServerMessage } from './protocol.ts';
import type { RoomStore } from './roomStore.ts';
import { heldSeats, type Room, type Seat } from './seat.ts';
import { post } from './sockets.ts';

/** The gateway also answers 410 for a connection that is still being made. */
const settledMilliseconds = 10_000;

/** A room holds no more than this many people, so that all hear at once. */
const mostAtOnce = 16;

/** Tells people in a room something; whoever turns out to be gone loses his seat, and the rest are told. */
export async function announce(
  rooms: RoomStore,
  room: Room,
  to: readonly Seat[],
  message: ServerMessage,
  now: Date,
): Promise<void> {
  const outcomes = await inParallel(to, mostAtOnce, async (seat) => ({
    seat,
    posted: await post(seat.connectionId, message),
  }));
  const settled = now.getTime() - settledMilliseconds;
  const gone = outcomes.flatMap(({ seat, posted }) =>
    posted === 'gone' && seat.seatedAt.getTime() < settled ? [seat] : [],
  );
  let rest = room;
  for (const seat of gone) {
    rest = without(rest, seat);
    await freeSeat(rooms, rest, seat, 'lost', now);
  }
}

/**
 * Frees a seat, unless another has done so, and tells the others; a lock opens behind the last one.
 *
 * @param how `gone` leaves nothing to come back to
 */
export async function freeSeat(
  rooms: RoomStore,
  room: Room,
  seat: Seat,
  how: 'gone' | NonNullable<Seat['released']>,
  now: Date,
): Promise<boolean> {
  const freed = how === 'gone' ? rooms.leave(room.id, seat) : rooms.release(room.id, seat, how, now);
  if (!(await freed)) return false;
  const rest = without(room, seat);
  const others = heldSeats(rest, now);
  if (others.length === 0 && room.state?.locked) await rooms.lock(room.id, false);
  await announce(rooms, rest, others, { type: 'left', id: seat.id, ...(how === 'lost' ? { lost: true } : {}) }, now);
  return true;
}

function without(room: Room, gone: Seat): Room {
  return { ...room, seats: room.seats.filter((seat) => seat.number !== gone.number) };
}

/** Those who admit, remove, lock and end. */
export function hostsIn(room: Room, now: Date): Seat[] {
  return heldSeats(room, now).filter(({ host }) => host);
}
