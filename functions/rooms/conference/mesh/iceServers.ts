import { createHmac } from 'node:crypto';
import { isPublicRoomId } from '../../publicRoom.ts';
import type { IceServer } from '../../signalling/protocol.ts';

interface Server {
  readonly urls: readonly string[];
}

/** Milliseconds. They are made anew for each restart of ICE; in a public room anyone gets them. */
const lifeOfCredentials = { meeting: 2 * 3_600_000, public: 15 * 60_000 };

/** When credentials that are made now for somebody in this room expire. */
export function credentialExpiry(roomId: string, now: Date): Date {
  return new Date(now.getTime() + lifeOfCredentials[isPublicRoomId(roomId) ? 'public' : 'meeting']);
}

/** Whether anything needs credentials. */
export function needsCredentials(servers: readonly Server[]): boolean {
  return servers.some(({ urls }) => urls.some(isTurn));
}

/**
 * The servers as a browser takes them. Those for TURN get credentials as coturn's `use-auth-secret` checks
 * them (draft-uberti-behave-turn-rest): the user's name begins with when they expire, in epoch seconds.
 * Without a secret they are left out, since a browser refuses to use them.
 */
export function withCredentials(
  servers: readonly Server[],
  secret: string | undefined,
  seatId: string,
  expires: Date,
): IceServer[] {
  if (secret === undefined) return withoutCredentials(servers);
  const username = `${Math.floor(expires.getTime() / 1_000)}:${seatId}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return [
    ...withoutCredentials(servers),
    ...serversOf(servers, isTurn).map(({ urls }) => ({ urls, username, credential })),
  ];
}

/** Those that need no credentials. */
export function withoutCredentials(servers: readonly Server[]): IceServer[] {
  return serversOf(servers, (url) => !isTurn(url));
}

function serversOf(servers: readonly Server[], wanted: (url: string) => boolean): { urls: readonly string[] }[] {
  return servers.map(({ urls }) => ({ urls: urls.filter(wanted) })).filter(({ urls }) => urls.length > 0);
}

function isTurn(url: string): boolean {
  return /^turns?:/i.test(url);
}
