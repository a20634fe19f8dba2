import { countWithin } from '../../runtime/limits.ts';
import { table } from '../../runtime/table.ts';
import type { ClientMessage } from '../signalling/protocol.ts';
import { post } from '../signalling/socketClient.ts';
import { announce, freeSeat, tellChange } from './announce.ts';
import { endRoom } from './endRoom.ts';
import { admit, decline, lock, remove } from './hostActions.ts';
import { heldSeats, waiting } from './seat.ts';
import { hostNeeded, noSeat, noSuchPerson, type Scene } from './seatContext.ts';
import { keepTime } from './sweepRoom.ts';
import { viewOf } from './welcome.ts';

export type Act = Exclude<ClientMessage, { action: 'join' }>;

const hostActs: ReadonlySet<Act['action']> = new Set(['admit', 'refuse', 'remove', 'lock', 'end']);

/** To connect, two browsers need about a dozen messages, and a room of sixteen begins with them all at once. */
const messagesIn10Seconds = 600;
const linesIn10Seconds = 10;

/** Counts a message against what one connection may send. @throws Refusal `limited` */
export async function countMessage(connectionId: string, { action }: Act, now: Date): Promise<void> {
  const [what, most] = action === 'chat' ? ['chat', linesIn10Seconds] : ['message', messagesIn10Seconds];
  await countWithin(table(), { what, who: connectionId, windowSeconds: 10, most }, now);
}

/** Does what somebody in a room asks for. @throws Refusal where he may not, or it cannot be */
export async function act(scene: Scene, message: Act): Promise<void> {
  const { rooms, room, me, now } = scene;
  if (hostActs.has(message.action) && !me.host) throw hostNeeded();
  switch (message.action) {
    case 'signal':
      return signal(scene, message);
    case 'chat':
      return announce(
        rooms,
        room.id,
        heldSeats(room, now),
        { type: 'chat', from: me.id, text: message.text, at: now.toISOString() },
        now,
      );
    case 'change':
      return change(scene, message);
    case 'ping':
      return ping(scene);
    case 'missing':
      return miss(scene, message.id);
    case 'leave':
      await freeSeat(rooms, room.id, me, 'gone', now);
      return;
    case 'admit':
      return admit(scene, message.id);
    case 'refuse':
      return decline(scene, message.id);
    case 'remove':
      return remove(scene, message.id);
    case 'lock':
      return lock(scene, message.locked);
    case 'end':
      return endRoom(rooms, room, 'host');
  }
}

/** Hands on what one browser says to another in the same room. */
async function signal(
  { rooms, room, me, now }: Scene,
  { to, data }: Extract<Act, { action: 'signal' }>,
): Promise<void> {
  const receiver = heldSeats(room, now).find(({ id }) => id === to && id !== me.id);
  if (!receiver) throw noSuchPerson();
  await announce(rooms, room.id, [receiver], { type: 'signal', from: me.id, data }, now);
}

async function change({ rooms, room, me, now }: Scene, message: Extract<Act, { action: 'change' }>): Promise<void> {
  const { camera, microphone, screen, name } = message;
  const fields = {
    ...(camera === undefined ? {} : { camera }),
    ...(microphone === undefined ? {} : { microphone }),
    ...(screen === undefined ? {} : { screen }),
    ...(name === undefined ? {} : { name }),
  };
  if (Object.keys(fields).length === 0) return;
  if (!(await rooms.change(room.id, me, fields))) throw noSeat();
  await tellChange(rooms, room.id, me, fields, now);
}

async function ping({ rooms, room, me, now }: Scene): Promise<void> {
  if (!(await rooms.extend(room.id, me, now))) throw noSeat();
  const knocks = me.host ? waiting(room, now).map(({ id }) => id) : [];
  await post(me.connectionId, { type: 'pong', view: { ...viewOf(room, me, now), knocks } });
  await keepTime(rooms, room, now);
}

/** Asks somebody from whom nothing comes whether he is there: his network may have gone without a word. */
async function miss({ rooms, room, me, now }: Scene, id: string): Promise<void> {
  const missed = heldSeats(room, now).find((seat) => seat.id === id && seat.id !== me.id);
  if (missed && (await rooms.miss(room.id, missed, now))) {
    await announce(rooms, room.id, [missed], { type: 'missed' }, now);
  }
  await keepTime(rooms, room, now);
}
