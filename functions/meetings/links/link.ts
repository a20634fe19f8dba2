import { timingSafeEqual } from 'node:crypto';
import type { Meeting } from '../meeting.ts';

/** Where links of this deployment lie. */
export interface LinkPlace {
  /** An absolute URL without a trailing slash. */
  readonly linkHost: string;
  /** Begins with a slash and does not end in one. */
  readonly linkPath: string;
}

/** The meeting URL. Whoever holds it may enter: its key is never logged. */
export function linkOf(
  { id, key, linkName }: Pick<Meeting, 'id' | 'key' | 'linkName'>,
  { linkHost, linkPath }: LinkPlace,
): string {
  return `${linkHost}${linkPath}/${linkName === undefined ? `${id}.${key}` : encodeURIComponent(linkName)}`;
}

/** The two parts of the last segment of a meeting URL; undefined where it cannot be one. */
export function partsOfLink(link: string): { id: string; key: string } | undefined {
  const [id, key, ...rest] = link.slice(0, 200).split('.');
  return id && key && rest.length === 0 ? { id, key } : undefined;
}

/** Compares in a time that does not depend on where the two keys differ. */
export function keyOpens(meeting: Pick<Meeting, 'key'>, key: string): boolean {
  const [expected, given] = [Buffer.from(meeting.key), Buffer.from(key)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
