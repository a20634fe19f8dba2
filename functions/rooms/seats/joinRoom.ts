import { personOfMark } from '../../meetings/links/personalLink.ts';
import { isCohost, type Participant } from '../../meetings/meeting.ts';
import { sha256 } from '../../runtime/digest.ts';
import type { Limit } from '../../runtime/limit.ts';
import { count } from '../../runtime/metrics.ts';
import { Refusal } from '../../runtime/refusal.ts';
import { fingerprint } from '../fingerprint.ts';
import { type RoomAccess, readAccess } from '../roomAccess.ts';
import { broadcastUntilCurrent, messageWhenChanged } from '../signalling/broadcast.ts';
import type { RoomConnection } from '../signalling/connectionStore.ts';
import type { ClientMessage } from '../signalling/protocol.ts';
import { confirmKnock } from './knocking.ts';
import { passwordRefusal } from './passwordRefusal.ts';
import { broadcastEnd, broadcastKnock } from './roomBroadcasts.ts';
import { hostsMessage } from './roomMessages.ts';
import type { RoomServices } from './roomServices.ts';
import { type Knock, leaseMilliseconds, type Room } from './seat.ts';
import { syncMeetingTimes } from './syncMeetingTimes.ts';
import { type Applicant, takeSeat } from './takeSeat.ts';
import { reasonToLeave, refuseJoin, turnKnockAway } from './turnAway.ts';
import { sendWelcome } from './welcome.ts';

type Join = Extract<ClientMessage, { action: 'join' }>;

/**
 * Answers someone's `join`: with a seat and the roster, with a place among those who wait, or with why not.
 *
 * @throws Refusal 'limited', 'already-joined'
 */
export async function joinRoom(
  services: RoomServices,
  connection: RoomConnection,
  message: Join,
  now: Date,
): Promise<void> {
  const { hostTokens, limits, settings, log } = services;
  const { connectionId, roomId, link, network } = connection;
  await limits.count(joinLimit(connectionId), now);
  const access = await readAccess(roomId, services, now);
  if (typeof access === 'string') return refuseJoin(services, connection, access);
  if (isReplaced(connection, access)) {
    await refuseJoin(services, connection, 'link');
    return services.sockets.close(connectionId);
  }
  const host =
    message.host === undefined ? undefined : await hostTokens.hostOf(roomId, message.host, connectionId, now);
  const isHostNoMore = host?.asCohost && !(access.meeting && isCohost(access.meeting, host.userId));
  if (message.host !== undefined && (!host || isHostNoMore)) return refuseJoin(services, connection, 'host-token');
  const { times } = access;
  if (times && (await syncMeetingTimes(services, roomId, times, now))) await broadcastEnd(services, roomId, now);
  const { name, camera, microphone, seat: token } = message;
  const fingerprints = fingerprintsOf(connection, message);
  const applicant = {
    connectionId,
    name,
    camera,
    microphone,
    fingerprints,
    network,
    link,
    token,
    participantId: comingPerson(message, access)?.id,
    userId: host?.userId,
    host: host !== undefined,
    hostToken: message.host,
  };
  const rules = { capacity: settings.roomCapacity, lobby: access.lobby };
  const refusal = await passwordRefusal(services, { access, applicant, rules, given: message.password }, now);
  if (refusal) return refuseJoin(services, connection, refusal);
  const taken = await takeSeat(services, roomId, applicant, rules, now);
  if (taken.answer === 'refuse') return refuseJoin(services, connection, taken.reason);
  if (taken.answer === 'wait') return knockAndWait(services, connection, { ...applicant, fingerprints }, access, now);
  if (taken.answer === 'gone') throw alreadyJoined();
  log.info('Session registered', { roomId, connectionId, seat: taken.seat.id, host: taken.seat.host });
  await sendWelcome(services, roomId, taken.seat, taken.token, now);
}

/**
 * Lets someone wait to be admitted, and tells the hosts; where there is none, their organizer hears of it. The same
 * connection waits but once.
 */
async function knockAndWait(
  services: RoomServices,
  connection: RoomConnection,
  { name, camera, microphone, fingerprints, participantId }: Omit<Applicant, 'connectionId'>,
  { times }: RoomAccess,
  now: Date,
): Promise<void> {
  const { rooms, sockets, log } = services;
  const { connectionId, roomId, link, network } = connection;
  const id = sha256(connectionId).slice(0, 16);
  const heldUntil = now.getTime() + leaseMilliseconds;
  const person = { id, connectionId, name, camera, microphone, fingerprints, link, participantId };
  const knock: Knock = { ...person, network, knockedAt: now.getTime(), heldUntil };
  if (!(await rooms.wait(roomId, knock))) throw alreadyJoined();
  const room = await rooms.read(roomId);
  const reason = await reasonToLeave(services, room, knock, now);
  if (reason) return turnKnockAway(services, roomId, knock, reason);
  if (!(await confirmKnock(services, room, knock, now))) return;
  count('KnocksTaken');
  log.info('Session waits', { roomId, connectionId, knock: id });
  await sockets.post(connectionId, { type: 'waiting', host: hostsMessage(room, now).here });
  await broadcastUntilCurrent({
    read: () => rooms.read(roomId),
    messagesOf: messageWhenChanged((current: Room) => hostsMessage(current, now)),
    send: async (message) => {
      await sockets.post(connectionId, message);
    },
    told: room,
  });
  await broadcastKnock(services, roomId, id, now);
  if (times && !hostsMessage(room, now).here) await services.waiting.note(roomId, times, now);
}

/** Whose personal link brought them; of one that is theirs no more, nobody's: it gives no right. */
function comingPerson({ person }: Join, { meeting }: RoomAccess): Pick<Participant, 'id'> | undefined {
  return person === undefined || !meeting ? undefined : personOfMark(meeting, person);
}

/** A socket stands that was opened by a link of old. */
function isReplaced({ link }: RoomConnection, access: RoomAccess): boolean {
  return link !== undefined && link !== access.link;
}

function joinLimit(connectionId: string): Limit {
  return { what: 'join', who: connectionId, windowSeconds: 60, most: 10 };
}

function fingerprintsOf({ roomId, network }: RoomConnection, { browser }: Join): string[] {
  const own = browser === undefined ? undefined : fingerprint(roomId, browser);
  return [network, own].filter((one) => one !== undefined);
}

function alreadyJoined(): Refusal {
  return new Refusal('conflict', 'already-joined', 'This connection has a seat.');
}
