import { Refusal } from '../../runtime/refusal.ts';
import { freeKnock } from './knocking.ts';
import { broadcastKnock, broadcastLock, freeSeat } from './roomBroadcasts.ts';
import type { Knock } from './seat.ts';
import { noSuchPerson, type SeatContext } from './seatContext.ts';
import { takeSeat } from './takeSeat.ts';
import { sendWelcome } from './welcome.ts';

/** Lets someone in who waits. @throws Refusal 'no-such-person', 'full' */
export async function admitKnock({ services, room, now }: SeatContext, id: string): Promise<void> {
  const knock = knockOf(room, id);
  const { connectionId, name, camera, microphone, fingerprints, link, participantId } = knock;
  const applicant = {
    connectionId,
    name,
    camera,
    microphone,
    fingerprints,
    link,
    participantId,
    token: undefined,
    host: false,
    admitted: knock,
  };
  const rules = { capacity: services.settings.roomCapacity, lobby: true };
  const taken = await takeSeat(services, room.id, applicant, rules, now);
  if (taken.answer === 'refuse' || taken.answer === 'wait') throw roomFullRefusal();
  if (taken.answer === 'gone') return freeKnock(services, room, knock, now);
  await broadcastKnock(services, room.id, id, now);
  await sendWelcome(services, room.id, taken.seat, taken.token, now);
}

/** Lets someone wait no longer. @throws Refusal 'no-such-person' */
export async function declineKnock({ services, room, now }: SeatContext, id: string): Promise<void> {
  const knock = knockOf(room, id);
  if (!(await services.rooms.dropKnock(room.id, knock))) return;
  await services.sockets.post(knock.connectionId, {
    type: 'refused',
    reason: 'declined',
    message: 'A host has not let you in.',
  });
  await broadcastKnock(services, room.id, id, now);
}

/** Takes someone out; they, or whoever may be they, come back only where a host admits them. @throws Refusal 'no-such-person' */
export async function removePerson({ services, room, now }: SeatContext, id: string): Promise<void> {
  const { rooms, sockets } = services;
  const seat = room.seats.find((other) => other.id === id && other.released !== 'removed');
  if (!seat) throw noSuchPerson();
  if (!(await freeSeat(services, room.id, seat, 'removed', now))) return;
  // They may just have come back on another connection.
  const { seats } = await rooms.read(room.id);
  const { connectionId } = seats.find((other) => other.id === id) ?? seat;
  await sockets.post(connectionId, { type: 'removed' });
  await sockets.close(connectionId);
}

/** Lets nobody in any more but hosts, or everyone again. */
export async function setLock(
  { services, room, now }: SeatContext,
  { locked }: { readonly locked: boolean },
): Promise<void> {
  await services.rooms.setLock(room.id, { locked });
  await broadcastLock(services, room.id, now);
}

function knockOf({ knocks }: { readonly knocks: readonly Knock[] }, id: string): Knock {
  const knock = knocks.find((other) => other.id === id);
  if (!knock) throw noSuchPerson();
  return knock;
}

function roomFullRefusal(): Refusal {
  return new Refusal('conflict', 'full', 'The room is full.');
}
