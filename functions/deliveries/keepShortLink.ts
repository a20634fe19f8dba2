import { linkOf } from '../meetings/links/link.ts';
import { isOver, type Meeting } from '../meetings/meeting.ts';
import { expiryOf } from '../meetings/meetingStore.ts';
import { errorOf, log } from '../runtime/log.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { makeShortLink } from './bitly.ts';
import { shortLinkStore } from './shortLinkStore.ts';

/** Milliseconds for which Bitly is left alone after it failed: meetings do not wait for it one after another. */
const pause = 30_000;

let pausedUntil = 0;

/**
 * Makes the short link of a meeting, once for each meeting URL, and has it live as long as the meeting.
 * Where there is none the long one serves.
 */
export async function keepShortLink(meeting: Meeting, now: Date): Promise<void> {
  const { shortenerToken, retentionDays } = settings();
  if (!shortenerToken || isOver(meeting, now)) return;
  const links = shortLinkStore(table());
  const longUrl = linkOf(meeting, settings());
  const expiresAt = expiryOf(meeting, retentionDays);
  const known = await links.get(meeting, longUrl);
  if (known?.expiresAt === expiresAt) return;
  if (known) return links.keep(meeting, { ...known, expiresAt });
  if (now.getTime() < pausedUntil) return;
  const shortUrl = await makeShortLink(longUrl, shortenerToken).catch((error: unknown) => {
    pausedUntil = now.getTime() + pause;
    log.warn('The short link could not be made; the long one serves', { meetingId: meeting.id, error: errorOf(error) });
    return undefined;
  });
  if (shortUrl !== undefined) await links.keep(meeting, { longUrl, shortUrl, expiresAt });
}
