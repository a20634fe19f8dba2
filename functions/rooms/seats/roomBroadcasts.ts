import { noteVisit } from '../attendance/noteVisit.ts';
import { broadcast, broadcastUntilCurrent, type MessagesOf, messageWhenChanged } from '../signalling/broadcast.ts';
import type { Person, ServerMessage } from '../signalling/protocol.ts';
import { hostsIn, hostsMessage, knockMessage, othersIn, presenceAfter, presenceOf, seatOfId } from './roomMessages.ts';
import type { BroadcastServices } from './roomServices.ts';
import { endTimeOf, heldSeats, isLocked, personOf, type Room, type Seat, waitingKnocks } from './seat.ts';

/** The gateway also answers 410 for a connection that is still being made. */
const connectingMilliseconds = 10_000;

/** Tells people in a room something; whoever turns out to be gone loses their seat, and the rest are told. */
export async function broadcastToSeats(
  services: BroadcastServices,
  roomId: string,
  seats: readonly Seat[],
  message: ServerMessage,
  now: Date,
): Promise<void> {
  const connectedBefore = now.getTime() - connectingMilliseconds;
  for (const seat of await broadcast(services.sockets, seats, message)) {
    if (seat.seatedAt.getTime() < connectedBefore) await freeSeat(services, roomId, seat, 'lost', now);
  }
}

type FreeingReason = 'gone' | 'lapsed' | NonNullable<Seat['released']>;

/**
 * Frees a seat, and tells the others.
 *
 * @param reason `gone` leaves nothing to come back to; `lapsed` is a loss that nobody has noticed yet
 * @returns false where another has freed it
 */
export async function freeSeat(
  services: BroadcastServices,
  roomId: string,
  seat: Seat,
  reason: FreeingReason,
  now: Date,
): Promise<boolean> {
  await noteVisit(services.visits, roomId, seat, now);
  if (!(await writeFreeSeat(services, roomId, seat, reason, now))) return false;
  await broadcastPresence(services, roomId, seat.id, now);
  if (seat.host) await broadcastHosts(services, roomId, now);
  return true;
}

function writeFreeSeat(
  { rooms }: BroadcastServices,
  roomId: string,
  seat: Seat,
  reason: FreeingReason,
  now: Date,
): Promise<boolean> {
  if (reason === 'gone') return rooms.leave(roomId, seat);
  if (reason === 'lapsed') return rooms.lapse(roomId, seat, now);
  return reason === 'removed' ? rooms.remove(roomId, seat, now) : rooms.release(roomId, seat, reason, now);
}

/** Tells the others that somebody is there, or there no more. */
export async function broadcastPresence(
  services: BroadcastServices,
  roomId: string,
  id: string,
  now: Date,
): Promise<void> {
  const messagesOf = (room: Room, told: Room | undefined) => {
    const message = told ? presenceAfter(id, seatOfId(told, id, now), room, now) : presenceOf(id, room, now);
    return message === undefined ? [] : [message];
  };
  await broadcastRoom(services, roomId, (room) => othersIn(room, id, now), messagesOf, now);
}

/** Tells the others what somebody shows of themselves, in these respects. */
export async function broadcastChange(
  services: BroadcastServices,
  roomId: string,
  { id, connectionId }: Seat,
  respects: Partial<Person>,
  now: Date,
): Promise<void> {
  const messagesOf = messageWhenChanged((room: Room) => {
    const seat = seatOfId(room, id, now);
    // Of whoever has come anew, others are told all.
    if (seat?.connectionId !== connectionId) return undefined;
    const shown = Object.entries(personOf(seat)).filter(([respect]) => respect in respects);
    return { type: 'changed', person: { ...Object.fromEntries(shown), id } };
  });
  await broadcastRoom(services, roomId, (room) => othersIn(room, id, now), messagesOf, now);
}

/** Tells hosts that somebody waits, or waits no more. */
export async function broadcastKnock(
  services: BroadcastServices,
  roomId: string,
  id: string,
  now: Date,
): Promise<void> {
  const messagesOf = messageWhenChanged((room: Room) => {
    const knock = waitingKnocks(room, now).find((one) => one.id === id);
    return knock ? knockMessage(room, knock) : { type: 'knockGone', id };
  });
  await broadcastRoom(services, roomId, (room) => hostsIn(room, now), messagesOf, now);
}

/** Tells those who wait whether a host is here. */
export async function broadcastHosts({ rooms, sockets }: BroadcastServices, roomId: string, now: Date): Promise<void> {
  await broadcastUntilCurrent({
    read: () => rooms.read(roomId),
    messagesOf: messageWhenChanged((room: Room) => hostsMessage(room, now)),
    send: async (message, room) => {
      await broadcast(sockets, waitingKnocks(room, now), message);
    },
  });
}

/** Tells everyone whether the room is locked. */
export async function broadcastLock(services: BroadcastServices, roomId: string, now: Date): Promise<void> {
  const messagesOf = messageWhenChanged((room: Room) => ({ type: 'locked', locked: isLocked(room) }));
  await broadcastRoom(services, roomId, (room) => heldSeats(room, now), messagesOf, now);
}

/** Tells everyone when the room ends. */
export async function broadcastEnd(services: BroadcastServices, roomId: string, now: Date): Promise<void> {
  const messagesOf = messageWhenChanged((room: Room) => {
    const at = endTimeOf(room);
    return at === undefined ? undefined : { type: 'ending', at };
  });
  await broadcastRoom(services, roomId, (room) => heldSeats(room, now), messagesOf, now);
}

/**
 * Tells people in a room of the room as it is, until what was said last holds.
 *
 * @param told the room as they know it already
 */
export async function broadcastRoom(
  services: BroadcastServices,
  roomId: string,
  recipientsOf: (room: Room) => readonly Seat[],
  messagesOf: MessagesOf<Room>,
  now: Date,
  told?: Room,
): Promise<void> {
  await broadcastUntilCurrent({
    read: () => services.rooms.read(roomId),
    messagesOf,
    send: (message, room) => broadcastToSeats(services, roomId, recipientsOf(room), message, now),
    told,
  });
}
