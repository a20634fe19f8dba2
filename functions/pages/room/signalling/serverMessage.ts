import type { ServerMessage } from '../../../rooms/signalling/protocol.ts';

type Kind = 'text' | 'flag' | 'list' | 'object' | 'seat' | 'person';

/**
 * What a message of each type must hold for the page to act on it. The service checks what people send
 * before it hands it on; this keeps a page that is older than the service from acting on what it misreads.
 */
const needed: Readonly<Record<ServerMessage['type'], Readonly<Record<string, Kind>>>> = {
  joined: { seat: 'seat', you: 'person', people: 'list', iceServers: 'list', locked: 'flag' },
  refused: { reason: 'text' },
  waiting: {},
  hosts: { here: 'flag' },
  arrived: { person: 'person' },
  left: { id: 'text' },
  changed: { person: 'object' },
  signal: { from: 'text', data: 'object' },
  chat: { from: 'text', text: 'text', at: 'text' },
  knocking: { id: 'text', name: 'text' },
  knockGone: { id: 'text' },
  shareOver: { by: 'text' },
  locked: { locked: 'flag' },
  ending: { at: 'text' },
  ended: { reason: 'text' },
  iceServers: { iceServers: 'list' },
  removed: {},
  error: { code: 'text', message: 'text' },
  pong: {},
  missed: {},
};

const checks: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  object: isObject,
  seat: (value) => isObject(value) && typeof value.id === 'string' && typeof value.token === 'string',
  person: (value) => isObject(value) && typeof value.id === 'string' && typeof value.name === 'string',
};

/** The message in a frame; undefined where it is none that the page knows. */
export function readServerMessage(frame: unknown): ServerMessage | undefined {
  if (typeof frame !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(frame);
    return isServerMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isServerMessage(value: unknown): value is ServerMessage {
  if (!isObject(value) || typeof value.type !== 'string') return false;
  const members = Object.entries(needed).find(([type]) => type === value.type)?.[1];
  return members !== undefined && Object.entries(members).every(([name, kind]) => checks[kind](value[name]));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
