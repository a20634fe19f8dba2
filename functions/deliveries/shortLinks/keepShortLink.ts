import { isOver, type Meeting } from '../../meetings/meeting.ts';
import { errorOf, log } from '../../runtime/log.ts';
import type { LinkShortener } from './bitlyClient.ts';
import type { ShortLinkStore } from './shortLinkStore.ts';

/** What a short link is made with, and for how long. */
export interface Shortening {
  readonly shortener: LinkShortener;
  readonly links: ShortLinkStore;
  /** The meeting URL. */
  readonly longUrl: string;
  /** When the meeting's rows expire, in epoch seconds. */
  readonly expiresAt: number;
  readonly now: Date;
}

/**
 * Makes the short link of a meeting, once for each meeting URL, and has it live as long as the meeting.
 * Where there is none the long one serves.
 */
export async function keepShortLink(
  meeting: Meeting,
  { shortener, links, longUrl, expiresAt, now }: Shortening,
): Promise<void> {
  if (isOver(meeting, now)) return;
  const known = await links.get(meeting, longUrl);
  if (known?.expiresAt === expiresAt) return;
  if (known) return links.keep(meeting, { ...known, expiresAt });
  const shortUrl = await shortener.shorten(longUrl, now).catch((error: unknown) => {
    log.warn('The short link could not be made; the long one serves', { meetingId: meeting.id, error: errorOf(error) });
    return undefined;
  });
  if (shortUrl !== undefined) await links.keep(meeting, { longUrl, shortUrl, expiresAt });
}
