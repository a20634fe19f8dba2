import { createHash } from 'node:crypto';
import { countWithin } from '../../runtime/limits.ts';
import { log } from '../../runtime/log.ts';
import { Refusal } from '../../runtime/refusal.ts';
import { settings } from '../../runtime/settings.ts';
import { table } from '../../runtime/table.ts';
import { markOf } from '../fingerprint.ts';
import { hostTokenStore } from '../hostTokenStore.ts';
import { accessTo } from '../roomAccess.ts';
import type { Connection } from '../signalling/connectionStore.ts';
import type { ClientMessage, JoinRefusal } from '../signalling/protocol.ts';
import { post } from '../signalling/socketClient.ts';
import { tellEnd, tellKnock } from './announce.ts';
import { roomStore } from './roomStore.ts';
import { type Knock, leaseMilliseconds } from './seat.ts';
import { keepTimes } from './syncMeetingTimes.ts';
import { takeSeat } from './takeSeat.ts';
import { welcome } from './welcome.ts';

type Join = Extract<ClientMessage, { action: 'join' }>;

const explanations: Readonly<Record<JoinRefusal, string>> = {
  full: 'The room is full.',
  locked: 'A host has locked the room.',
  'too-early': 'You are trying to access the conference before time.',
  ended: 'The conference has ended.',
  cancelled: 'The meeting has been cancelled.',
  removed: 'A host has removed you from the room.',
  declined: 'A host has not let you in.',
  'host-token': 'The token of the host is not valid, or has expired.',
  name: 'The name must be one line of 1 to 60 characters.',
  rate: 'That was too often; try again in a while.',
};

/** Answers someone's `join`: with a seat and the roster, with a place before the door, or with why not. */
export async function join(connection: Connection, message: Join, now: Date): Promise<void> {
  const { connectionId, roomId } = connection;
  await countWithin(table(), { what: 'join', who: connectionId, windowSeconds: 60, most: 10 }, now);
  const access = await accessTo(roomId, now);
  if (typeof access === 'string') return refuse(connection, access);
  const host = message.host !== undefined && (await hostTokenStore(table()).opens(roomId, message.host, now));
  if (message.host !== undefined && !host) return refuse(connection, 'host-token');
  const rooms = roomStore(table());
  const { times } = access;
  if (times && (await keepTimes(rooms, roomId, times, now))) await tellEnd(rooms, roomId, now);
  const { name, camera, microphone, seat: token } = message;
  const marks = marksOf(connection, message);
  const applicant = { connectionId, name, camera, microphone, marks, token, host };
  const rules = { capacity: settings().roomCapacity, lobby: access.lobby };
  const taken = await takeSeat(rooms, roomId, applicant, rules, now);
  if (taken.answer === 'refuse') return refuse(connection, taken.reason);
  if (taken.answer === 'wait') return wait(connection, { ...message, marks }, now);
  if (taken.answer === 'gone') throw alreadyJoined();
  log.info('Session registered', { roomId, connectionId, seat: taken.seat.id, host: taken.seat.host });
  await welcome(rooms, roomId, taken.seat, taken.token, now);
}

export async function refuse({ connectionId, roomId }: Connection, reason: JoinRefusal): Promise<void> {
  log.info('Session refused', { roomId, connectionId, reason });
  await post(connectionId, { type: 'refused', reason, message: explanations[reason] });
}

/** Lets someone wait before the door, and tells the hosts; the same connection waits but once. */
async function wait(
  { connectionId, roomId }: Connection,
  { name, camera, microphone, marks }: Pick<Knock, 'name' | 'camera' | 'microphone' | 'marks'>,
  now: Date,
): Promise<void> {
  const id = createHash('sha256').update(connectionId).digest('base64url').slice(0, 16);
  const heldUntil = now.getTime() + leaseMilliseconds;
  const knock: Knock = { id, connectionId, name, camera, microphone, marks, heldUntil };
  const rooms = roomStore(table());
  if (!(await rooms.wait(roomId, knock))) throw alreadyJoined();
  log.info('Session waits', { roomId, connectionId, knock: id });
  await post(connectionId, { type: 'waiting' });
  await tellKnock(rooms, roomId, id, now);
}

function marksOf({ roomId, network }: Connection, { browser }: Join): string[] {
  const own = browser === undefined ? undefined : markOf(roomId, browser);
  return [network, own].filter((mark) => mark !== undefined);
}

function alreadyJoined(): Refusal {
  return new Refusal('conflict', 'already-joined', 'This connection has a seat.');
}
