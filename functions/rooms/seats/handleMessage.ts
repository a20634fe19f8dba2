import type { Limit } from '../../runtime/limit.ts';
import type { ClientMessage } from '../signalling/protocol.ts';
import { endByHost } from './endRoom.ts';
import { admitKnock, declineKnock, removePerson, setLock } from './hostActions.ts';
import { leaveNewestShare } from './newestShare.ts';
import { broadcastChange, broadcastToSeats, freeSeat } from './roomBroadcasts.ts';
import { othersIn, viewOf } from './roomMessages.ts';
import { heldSeats, waitingKnocks } from './seat.ts';
import { hostNeeded, noSeat, noSuchPerson, type SeatContext } from './seatContext.ts';
import { sweepRoom } from './sweepRoom.ts';

/** What somebody sends who has joined. */
export type SeatMessage = Exclude<ClientMessage, { action: 'join' }>;

const hostActions: ReadonlySet<SeatMessage['action']> = new Set(['admit', 'refuse', 'remove', 'lock', 'end']);

/** To connect, two browsers need about a dozen messages, and a room of sixteen begins with them all at once. */
const messagesIn10Seconds = 600;
const linesIn10Seconds = 10;

/** All calls of a page share what it gets. */
const credentialsPerMinute = 12;

/** How often one connection may send such a message. */
export function messageLimit(connectionId: string, { action }: SeatMessage): Limit {
  const who = connectionId;
  if (action === 'ice') return { what: 'ice', who, windowSeconds: 60, most: credentialsPerMinute };
  const [what, most] = action === 'chat' ? ['chat', linesIn10Seconds] : ['message', messagesIn10Seconds];
  return { what, who, windowSeconds: 10, most };
}

/**
 * Does what somebody in a room asks for.
 *
 * @throws Refusal 'host-needed', 'no-such-person', 'no-seat', 'full'
 */
export async function handleMessage(context: SeatContext, message: SeatMessage): Promise<void> {
  const { services, room, me, now } = context;
  if (hostActions.has(message.action) && !me.host) throw hostNeeded();
  switch (message.action) {
    case 'signal':
      return signal(context, message);
    case 'chat':
      return chat(context, message);
    case 'change':
      return change(context, message);
    case 'ping':
      return ping(context);
    case 'ice':
      return giveIceServers(context);
    case 'missing':
      return reportMissing(context, message.id);
    case 'leave':
      await freeSeat(services, room.id, me, 'gone', now);
      return;
    case 'admit':
      return admitKnock(context, message.id);
    case 'refuse':
      return declineKnock(context, message.id);
    case 'remove':
      return removePerson(context, message.id);
    case 'lock':
      return setLock(context, message);
    case 'end':
      return endByHost(services, room.id, now);
  }
}

/** Hands on what one browser says to another in the same room. */
async function signal(
  { services, room, me, now }: SeatContext,
  { to, data }: Extract<SeatMessage, { action: 'signal' }>,
): Promise<void> {
  const receiver = heldSeats(room, now).find(({ id }) => id === to && id !== me.id);
  if (!receiver) throw noSuchPerson();
  await broadcastToSeats(services, room.id, [receiver], { type: 'signal', from: me.id, data }, now);
}

/** The writer hears it last: what is echoed has been told to all others, and a page need not send it again. */
async function chat(
  { services, room, me, now }: SeatContext,
  { id, text }: Extract<SeatMessage, { action: 'chat' }>,
): Promise<void> {
  const line = { type: 'chat', from: me.id, text, at: now.toISOString(), ...(id === undefined ? {} : { id }) } as const;
  await broadcastToSeats(services, room.id, othersIn(room, me.id, now), line, now);
  await broadcastToSeats(services, room.id, [me], line, now);
}

async function change(
  { services, room, me, now }: SeatContext,
  { camera, microphone, screen, name }: Extract<SeatMessage, { action: 'change' }>,
): Promise<void> {
  const begins = screen === true && !me.screen;
  const fields = {
    ...(camera === undefined ? {} : { camera }),
    ...(microphone === undefined ? {} : { microphone }),
    ...(screen === undefined ? {} : { screen }),
    ...(begins ? { sharedAt: now.getTime() } : {}),
    ...(name === undefined ? {} : { name }),
  };
  if (Object.keys(fields).length === 0) return;
  if (!(await services.rooms.change(room.id, me, fields))) throw noSeat();
  await broadcastChange(services, room.id, me, { ...fields, ...(begins ? { screenSince: '' } : {}) }, now);
  if (begins) await leaveNewestShare(services, room.id, now);
}

async function ping({ services, room, me, now }: SeatContext): Promise<void> {
  const { rooms, sockets } = services;
  if (!(await rooms.extend(room.id, me, now))) throw noSeat();
  const knocks = me.host ? waitingKnocks(room, now).map(({ id }) => id) : [];
  await sockets.post(me.connectionId, { type: 'pong', view: { ...viewOf(room, me, now), knocks } });
  await sweepRoom(services, room, now);
}

/** A TURN server checks credentials as a session with it begins: a restart of ICE may need new ones. */
async function giveIceServers({ services, room, me, now }: SeatContext): Promise<void> {
  const iceServers = await services.readIceServers(room.id, me.id, now);
  await services.sockets.post(me.connectionId, { type: 'iceServers', iceServers });
}

/** Asks somebody from whom nothing comes whether they are there: their network may have gone without a word. */
async function reportMissing({ services, room, me, now }: SeatContext, id: string): Promise<void> {
  const missed = heldSeats(room, now).find((seat) => seat.id === id && seat.id !== me.id);
  if (missed && (await services.rooms.miss(room.id, missed, now))) {
    await broadcastToSeats(services, room.id, [missed], { type: 'missed' }, now);
  }
  await sweepRoom(services, room, now);
}
