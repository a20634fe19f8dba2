import { errorOf, log } from '../../runtime/log.ts';
import { secretOf } from '../../runtime/secrets.ts';
import { settings } from '../../runtime/settings.ts';
import { iceServersFor, needsCredentials } from '../conference/mesh/iceServers.ts';
import type { IceServer, RoomView, ServerMessage } from '../signalling/protocol.ts';
import { hangUp, post } from '../signalling/socketClient.ts';
import { keepTelling, knockingOf, newsOf, othersIn, tellPresence } from './announce.ts';
import type { RoomStore } from './roomStore.ts';
import { endOf, isLocked, type Knock, personOf, type Room, type Seat, waiting } from './seat.ts';

/** Longer than a conference lasts; whoever stays on gets new ones when his page renews its connection. */
const credentialLifeMilliseconds = 12 * 3_600_000;

/** Gives someone who has just been seated the roster, and tells the others that he is there. */
export async function welcome(rooms: RoomStore, roomId: string, seat: Seat, token: string, now: Date): Promise<void> {
  const [room, iceServers] = await Promise.all([rooms.read(roomId), iceServersOf(seat, now)]);
  const posted = await post(seat.connectionId, {
    type: 'joined',
    seat: { id: seat.id, token },
    you: { id: seat.id, name: seat.name, host: seat.host },
    iceServers,
    ...viewOf(room, seat, now),
  });
  await tellPresence(rooms, roomId, seat.id, now);
  // He does not know that he is in the room: his page comes again where its connection ends.
  if (posted === 'failed') return hangUp(seat.connectionId);
  // What happened while the roster was on its way was announced before it arrived, and pages know nothing before it.
  const told: Room = { ...room, knocks: [] };
  const news = (current: Room, known = told) => differences(known, current, seat, now);
  await keepTelling(rooms, roomId, () => [seat], news, now, told);
}

/** What somebody in a room should know of it. */
export function viewOf(room: Room, seat: Seat, now: Date): RoomView {
  const endsAt = endOf(room);
  return {
    people: othersIn(room, seat.id, now).map(personOf),
    locked: isLocked(room),
    ...(endsAt === undefined ? {} : { endsAt }),
  };
}

/** What brings whoever was told of the one room up to the other. */
function differences(told: Room, room: Room, seat: Seat, now: Date): ServerMessage[] {
  const known = othersIn(told, seat.id, now);
  const ids = new Set([...known, ...othersIn(room, seat.id, now)].map(({ id }) => id));
  const knownAs = (id: string) => known.find((other) => other.id === id);
  const ofPeople = [...ids].map((id) => newsOf(id, knownAs(id), room, now));
  const at = endOf(room);
  return [
    ...(seat.host ? knockNews(told, room, now) : []),
    ...ofPeople.filter((message) => message !== undefined),
    ...(isLocked(room) === isLocked(told) ? [] : [{ type: 'locked' as const, locked: isLocked(room) }]),
    ...(at === undefined || at === endOf(told) ? [] : [{ type: 'ending' as const, at }]),
  ];
}

function knockNews(told: Room, room: Room, now: Date): ServerMessage[] {
  const [known, current] = [waiting(told, now), waiting(room, now)];
  const missingIn = (knocks: readonly Knock[]) => (knock: Knock) => knocks.every(({ id }) => id !== knock.id);
  return [
    ...current.filter(missingIn(known)).map((knock) => knockingOf(room, knock)),
    ...known.filter(missingIn(current)).map(({ id }) => ({ type: 'knockGone' as const, id })),
  ];
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
