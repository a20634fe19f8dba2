import { errorOf, log } from '../runtime/log.ts';
import { secretOf } from '../runtime/secrets.ts';
import { settings } from '../runtime/settings.ts';
import { knockingOf, mostCorrections, tellPresence } from './announce.ts';
import { iceServersFor, needsCredentials } from './iceServers.ts';
import type { IceServer } from './protocol.ts';
import type { RoomStore } from './roomStore.ts';
import { heldSeats, personOf, type Room, type Seat, waiting } from './seat.ts';
import { post } from './sockets.ts';

/** Longer than a conference lasts; whoever stays on gets new ones when his page renews its connection. */
const credentialLifeMilliseconds = 12 * 3_600_000;

/** Gives someone who has just been seated the roster, and tells the others that he is there. */
export async function welcome(rooms: RoomStore, roomId: string, seat: Seat, token: string, now: Date): Promise<void> {
  const [room, iceServers] = await Promise.all([rooms.read(roomId), iceServersOf(seat, now)]);
  await post(seat.connectionId, {
    type: 'joined',
    seat: { id: seat.id, token },
    you: { id: seat.id, name: seat.name, host: seat.host },
    people: othersIn(room, seat, now).map(personOf),
    iceServers,
    locked: room.state?.locked ?? false,
    ...(room.state ? { endsAt: room.state.validUntil.toISOString() } : {}),
  });
  const current = await tellPresence(rooms, roomId, seat.id, false, now);
  await catchUp(rooms, room, current, seat, now);
  if (!seat.host) return;
  for (const knock of waiting(current, now)) await post(seat.connectionId, knockingOf(current, knock));
}

/**
 * Whoever came or went while the roster was on its way was announced before it arrived, and pages know
 * nobody before their roster: tells the difference. It may overtake what others tell of the same people,
 * or be overtaken; so the room is read again, until there is no difference.
 */
async function catchUp(rooms: RoomStore, before: Room, current: Room, seat: Seat, now: Date): Promise<void> {
  let told = othersIn(before, seat, now);
  let room = current;
  for (let correction = 0; correction < mostCorrections; correction += 1) {
    const others = othersIn(room, seat, now);
    const arrived = others.filter((other) => !told.some((one) => isSame(one, other)));
    const left = told.filter(({ id }) => !others.some((other) => other.id === id));
    if (arrived.length + left.length === 0) return;
    for (const other of arrived) await post(seat.connectionId, { type: 'arrived', person: personOf(other) });
    for (const { id } of left) await post(seat.connectionId, { type: 'left', id });
    told = others;
    room = await rooms.read(room.id);
  }
}

/** The same person, who has not gone and come back meanwhile. */
function isSame(one: Seat, other: Seat): boolean {
  return one.id === other.id && one.connectionId === other.connectionId;
}

function othersIn(room: Room, seat: Seat, now: Date): Seat[] {
  return heldSeats(room, now).filter(({ id }) => id !== seat.id);
}

/** A conference without a TURN server is better than none: most people reach each other without. */
async function iceServersOf({ id }: Seat, now: Date): Promise<IceServer[]> {
  const { iceServers, turnSecret } = settings();
  const expires = new Date(now.getTime() + credentialLifeMilliseconds);
  if (!turnSecret || !needsCredentials(iceServers)) return iceServersFor(iceServers, undefined, id, expires);
  const secret = await secretOf(turnSecret).catch((error: unknown) => {
    log.error('TURN credentials not made', { error: errorOf(error) });
    return undefined;
  });
  return iceServersFor(iceServers, secret, id, expires);
}
