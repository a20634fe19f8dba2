import { patienceMilliseconds } from './webhook.ts';

/** Milliseconds for one call of a receiver, from the look-up of its name to the end of its answer. */
export const callMilliseconds = 10_000;

/** Why nobody answered: the name leads nowhere or to an address that is not public, no connection came about, or it took too long. */
export type Silence = 'name-not-found' | 'address-not-public' | 'certificate' | 'connection' | 'timeout';

/** What became of one call of a receiver. */
export type Reply =
  | { readonly status: number; readonly retryAfter?: string | undefined }
  | { readonly silence: Silence };

/** What follows from it: it was told; it is to be told again after a pause; or nothing more is sent to the webhook. */
export type Verdict =
  | { readonly kind: 'told' }
  | { readonly kind: 'pause'; readonly seconds: number }
  | { readonly kind: 'off'; readonly reason: 'gone' | 'failing' };

/**
 * A message is hidden for 12 hours at most, counted from when it was received (Amazon SQS developer guide, "Amazon SQS
 * visibility timeout"): two minutes are left for the calls before.
 */
const longestPauseSeconds = 43_080;

/** Seconds before each further attempt; the last of them before all that follow. */
const pauses = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, longestPauseSeconds] as const;

/** What is known of a webhook when a receiver has been called. */
interface Circumstances {
  /** How often the event was tried, this attempt with it. */
  readonly attempts: number;
  /** When the webhook began to fail; undefined where all went well until now. */
  readonly failingSince: Date | undefined;
  readonly now: Date;
  /** Evenly from 0 to 1: receivers that failed together are not called together. */
  readonly chance: number;
}

/** What follows from what a receiver answered, or did not. */
export function verdictOf(reply: Reply, { attempts, failingSince, now, chance }: Circumstances): Verdict {
  if ('status' in reply && reply.status >= 200 && reply.status < 300) return { kind: 'told' };
  if ('status' in reply && reply.status === 410) return { kind: 'off', reason: 'gone' };
  if (failingSince && now.getTime() - failingSince.getTime() >= patienceMilliseconds) {
    return { kind: 'off', reason: 'failing' };
  }
  const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? longestPauseSeconds;
  const asked = 'status' in reply ? secondsOf(reply.retryAfter, now) : 0;
  const own = Math.ceil(pause * (0.8 + 0.2 * chance));
  return { kind: 'pause', seconds: Math.min(Math.max(own, asked), longestPauseSeconds) };
}

/** `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3); 0 where it is neither. */
function secondsOf(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - now.getTime()) / 1_000));
}
