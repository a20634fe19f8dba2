import { createHmac, timingSafeEqual } from 'node:crypto';
import { idOf } from '../../runtime/ids.ts';
import type { Meeting, Participant } from '../meeting.ts';
import { type LinkPlace, linkOf } from './link.ts';

/** What of a meeting its personal links are made of. */
export type Sealed = Pick<Meeting, 'id' | 'key' | 'seal' | 'participants'>;

/** For what a MAC is made: one serves no other purpose. */
type Purpose = 'link' | 'short-link';

/** Bytes of a MAC: 80 bits, 16 characters. */
const macBytes = 10;

/**
 * The link of one participant: the meeting's own with `~`, their id and a MAC that only the meeting's seal makes. It
 * says who comes, and gives no right. A link that ends in an alias is not one meeting's own, so that this one never
 * does. Undefined for whoever takes no part, and of a meeting without a seal.
 */
export function personalLinkOf(
  meeting: Sealed,
  participant: Pick<Participant, 'id'>,
  place: LinkPlace,
): string | undefined {
  const person = meeting.participants.find(({ id }) => id === participant.id);
  const mac = person && macOf('link', meeting, person.id, macBytes);
  return mac && `${linkOf({ id: meeting.id, key: meeting.key }, place)}~${participant.id}.${mac}`;
}

/** Characters of the code of a short link: 60 bits. */
export const shortCodeLength = 12;

/**
 * The code of the short link that leads to a participant's own, which nobody can guess and which ends with that: of the
 * same link it is the same, so that a message that is sent again makes no second one. Undefined as the link itself.
 */
export function shortCodeOf(meeting: Sealed, { id }: Pick<Participant, 'id'>): string | undefined {
  const person = meeting.participants.find((participant) => participant.id === id);
  return person && macOf('short-link', meeting, id, macBytes)?.slice(0, shortCodeLength);
}

/** The short link with a code; `linkHost` has no trailing slash. */
export function shortLinkOf(code: string, { linkHost }: Pick<LinkPlace, 'linkHost'>): string {
  return `${linkHost}/j/${code}`;
}

/** Whether a text can be the code of a short link. */
export function isShortCode(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{12}$/.test(text);
}

/** The parts of the last segment of a personal link; undefined where it cannot be one. */
export function partsOfPersonalLink(text: string): { link: string; participantId: string; mac: string } | undefined {
  const [link, mark, ...rest] = text.slice(0, 200).split('~');
  const parts = partsOfMark(mark ?? '');
  return link && parts && rest.length === 0 ? { link, ...parts } : undefined;
}

/** The participant whom a personal link names by what it has after `~`; undefined as in `personOfLink`. */
export function personOfMark(meeting: Sealed, mark: string): Participant | undefined {
  const parts = partsOfMark(mark);
  return parts && personOfLink(meeting, parts.participantId, parts.mac);
}

function partsOfMark(mark: string): { participantId: string; mac: string } | undefined {
  const [participantId, mac, ...more] = mark.split('.');
  return participantId && mac && more.length === 0 ? { participantId, mac } : undefined;
}

/** The participant whom a personal link names; undefined where it is not theirs, or they take no part any more. */
export function personOfLink(meeting: Sealed, participantId: string, mac: string): Participant | undefined {
  const person = meeting.participants.find(({ id }) => id === participantId);
  const expected = person && macOf('link', meeting, person.id, macBytes);
  return expected !== undefined && isSame(expected, mac) ? person : undefined;
}

/** HMAC-SHA-256 (RFC 2104), cut to its first bytes, over what one thing alone can mean: no part holds a line end. */
function macOf(purpose: Purpose, { seal, key }: Sealed, participantId: string, bytes: number): string | undefined {
  if (seal === undefined) return undefined;
  const digest = createHmac('sha256', seal).update([purpose, key, participantId].join('\n')).digest();
  return idOf(digest.subarray(0, bytes));
}

/** In a time that does not depend on where the two differ. */
function isSame(expected: string, given: string): boolean {
  const [right, left] = [Buffer.from(expected), Buffer.from(given)];
  return right.length === left.length && timingSafeEqual(right, left);
}
