import type { Inbox, MailContent } from '../inbox.ts';

const everyMs = 1_000;

/**
 * Follows the service: asks every second while the page is seen, and at once when it comes to be seen.
 *
 * @param onInbox called where something has changed
 * @param onLife called after each answer, or without one
 */
export function follow(onInbox: (inbox: Inbox) => void, onLife: (isLive: boolean) => void): void {
  let tag: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;

  async function ask(): Promise<void> {
    clearTimeout(timer);
    if (isAsking || document.hidden) return;
    isAsking = true;
    try {
      const response = await fetch('state', { cache: 'no-store', headers: tag ? { 'if-none-match': tag } : {} });
      if (response.status === 200) {
        const inbox: Inbox = await response.json();
        tag = response.headers.get('etag') ?? undefined;
        onInbox(inbox);
      }
      onLife(response.ok || response.status === 304);
    } catch {
      onLife(false); // the service has ended, and may come back
    } finally {
      isAsking = false;
      timer = setTimeout(ask, everyMs);
    }
  }

  document.addEventListener('visibilitychange', ask);
  void ask();
}

/** @returns undefined where the service does not answer, or has no such mail */
export async function fetchMail(id: string): Promise<MailContent | undefined> {
  try {
    const response = await fetch(`mails/${encodeURIComponent(id)}`);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
