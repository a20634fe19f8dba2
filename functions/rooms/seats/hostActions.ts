import { Refusal } from '../../runtime/refusal.ts';
import { settings } from '../../runtime/settings.ts';
import { hangUp, post } from '../signalling/socketClient.ts';
import { freeSeat, tellKnock, tellLock } from './announce.ts';
import { freeKnock } from './freeKnock.ts';
import type { Knock } from './seat.ts';
import { noSuchPerson, type Scene } from './seatContext.ts';
import { takeSeat } from './takeSeat.ts';
import { welcome } from './welcome.ts';

/** Lets someone in who waits. @throws Refusal `no-such-person`, `full` */
export async function admit({ rooms, room, now }: Scene, id: string): Promise<void> {
  const knock = knockOf(room, id);
  const { connectionId, name, camera, microphone, marks } = knock;
  const applicant = { connectionId, name, camera, microphone, marks, token: undefined, host: false, admitted: knock };
  const rules = { capacity: settings().roomCapacity, lobby: true };
  const taken = await takeSeat(rooms, room.id, applicant, rules, now);
  if (taken.answer === 'refuse' || taken.answer === 'wait') throw full();
  if (taken.answer === 'gone') return freeKnock(rooms, room, knock, now);
  await tellKnock(rooms, room.id, id, now);
  await welcome(rooms, room.id, taken.seat, taken.token, now);
}

/** Lets someone wait no longer. @throws Refusal `no-such-person` */
export async function decline({ rooms, room, now }: Scene, id: string): Promise<void> {
  const knock = knockOf(room, id);
  if (!(await rooms.dropKnock(room.id, knock))) return;
  await post(knock.connectionId, {
    type: 'refused',
    reason: 'declined',
    message: 'A host has not let you in.',
  });
  await tellKnock(rooms, room.id, id, now);
}

/** Takes someone out; he, or whoever may be he, comes back only where a host admits him. @throws Refusal `no-such-person` */
export async function remove({ rooms, room, now }: Scene, id: string): Promise<void> {
  const seat = room.seats.find((other) => other.id === id && other.released !== 'removed');
  if (!seat) throw noSuchPerson();
  if (!(await freeSeat(rooms, room.id, seat, 'removed', now))) return;
  // He may just have come back on another connection.
  const { seats } = await rooms.read(room.id);
  const { connectionId } = seats.find((other) => other.id === id) ?? seat;
  await post(connectionId, { type: 'removed' });
  await hangUp(connectionId);
}

/** Lets nobody in any more but hosts, or everyone again. */
export async function lock({ rooms, room, now }: Scene, locked: boolean): Promise<void> {
  await rooms.lock(room.id, locked);
  await tellLock(rooms, room.id, now);
}

function knockOf({ knocks }: { readonly knocks: readonly Knock[] }, id: string): Knock {
  const knock = knocks.find((other) => other.id === id);
  if (!knock) throw noSuchPerson();
  return knock;
}

function full(): Refusal {
  return new Refusal('conflict', 'full', 'The room is full.');
}
