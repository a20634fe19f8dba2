import type { LinkedPerson, RoomFacts } from '../../../rooms/signalling/protocol.ts';
import { isPersonalAddress } from '../browser/sharedAddress.ts';
import { isWebAddress } from '../browser/webAddress.ts';
import { longestName } from '../signalling/limits.ts';
import { hostTokenOf } from '../signalling/seat.ts';
import { isObject } from '../signalling/serverMessage.ts';
import type { Screen } from '../state/state.ts';
import { fetchPatiently } from './fetchPatiently.ts';

/** What the service says of the room behind this page's address. */
export interface DoorAnswer {
  readonly screen: Screen;
  /** Milliseconds that the service's clock is ahead of this one's. */
  readonly ahead: number;
}

/** Asks for the room's facts at the page's own address. */
export async function askDoor(address: string): Promise<DoorAnswer> {
  try {
    const { status, headers, body } = await fetchPatiently(address, { headers: { accept: 'application/json' } });
    const screen = screenOf(status, body, hostTokenOf(address) !== undefined);
    return { screen: isPersonalAddress(address) ? ofInvitation(screen) : screen, ahead: aheadOf(headers.get('date')) };
  } catch {
    return { screen: { at: 'closed', why: 'unreachable' }, ahead: 0 };
  }
}

/** A personal link ends with the link of the meeting, and when its participant is taken off. */
function ofInvitation(screen: Screen): Screen {
  const isUnknown = screen.at === 'closed' && screen.why === 'no-such-room';
  return isUnknown ? { at: 'closed', why: 'no-such-invitation' } : screen;
}

/** The header counts in whole seconds, so that half of one is the best guess of the rest. */
function aheadOf(date: string | null): number {
  const parsed = date === null ? Number.NaN : Date.parse(date);
  const ahead = parsed + 500 - Date.now();
  return Number.isFinite(ahead) && Math.abs(ahead) > 2_000 ? ahead : 0;
}

/** The screen that an answer leads to. @param opens whether the visitor is a host, who opens what one has ended */
export function screenOf(status: number, body: unknown, opens = false): Screen {
  if (status === 200 && isRoomFacts(body)) return screenOfFacts(body, opens);
  const fields = isObject(body) ? body : {};
  const name = textOf(fields.name);
  if (status === 404) return { at: 'closed', why: 'no-such-room' };
  if (status === 429) return { at: 'closed', why: 'busy' };
  if (status === 403 && fields.code === 'too-early') return earlyScreen(fields);
  if (status === 410) {
    const next = isObject(fields.next) ? textOf(fields.next.validSince) : undefined;
    return { at: 'closed', why: fields.code === 'cancelled' ? 'cancelled' : 'ended', name, next };
  }
  return { at: 'closed', why: 'unreachable' };
}

function screenOfFacts({ participant, ...facts }: RoomFacts, opens: boolean): Screen {
  const person = linkedPersonOf(participant);
  const room = person ? { ...facts, participant: person } : facts;
  const { jitsiUrl = '', endedByHost, name } = room;
  if (isWebAddress(jitsiUrl)) return { at: 'elsewhere', room, url: jitsiUrl };
  if (endedByHost && !opens) return { at: 'closed', why: 'ended-host', name };
  if (typeof RTCPeerConnection === 'undefined') return { at: 'closed', why: 'unsupported', name: room.name };
  return { at: 'lobby', room, joining: false, refusal: undefined };
}

function earlyScreen(fields: Record<string, unknown>): Screen {
  const { opensAt, validSince, validUntil } = fields;
  if (!isInstant(opensAt) || !isInstant(validSince) || !isInstant(validUntil))
    return { at: 'closed', why: 'unreachable' };
  const meeting = {
    name: textOf(fields.name) ?? '',
    opensAt,
    validSince,
    validUntil,
    timeZone: textOf(fields.timeZone) ?? 'UTC',
    sequence: Number(fields.sequence ?? 0),
    participant: linkedPersonOf(fields.participant),
  };
  return { at: 'early', meeting, moved: false };
}

function isRoomFacts(value: unknown): value is RoomFacts {
  if (!isObject(value)) return false;
  const { kind, room, socketUrl } = value;
  return (kind === 'meeting' || kind === 'public') && typeof room === 'string' && typeof socketUrl === 'string';
}

/** A name that is longer than a room takes is not filled in. */
function linkedPersonOf(value: unknown): LinkedPerson | undefined {
  if (!isObject(value) || typeof value.id !== 'string') return undefined;
  const name = textOf(value.name);
  return name !== undefined && name.length <= longestName ? { id: value.id, name } : { id: value.id };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && Number.isFinite(Date.parse(value));
}
