import { Refusal } from './refusal.ts';
import { epochSeconds } from './row.ts';

/** How often something may be done by one of those who do it. */
export interface Limit {
  /** What is counted, as `mails` or `room`. */
  readonly what: string;
  /** Whose doing it is: an id or a network address. */
  readonly who: string;
  /** Windows follow one another from the epoch on: a day's begins at midnight UTC. */
  readonly windowSeconds: number;
  readonly most: number;
  /** The stable code of its refusal. Default `limited`. */
  readonly code?: string;
}

/** So much, to be counted in the same transaction as what it is counted for. */
export interface Count {
  readonly limit: Limit;
  readonly amount: number;
  /** What the call is answered with where that were too many. */
  readonly refusal: Refusal;
}

/** Names the window that `now` lies in, of those that the limit counts in. */
export function windowName({ what, who, windowSeconds }: Limit, now: Date): string {
  return `${what}#${who}#${Math.floor(epochSeconds(now) / windowSeconds)}`;
}

/** When the window that `now` lies in ends: seconds since the epoch. */
export function windowEnd({ windowSeconds }: Limit, now: Date): number {
  return (Math.floor(epochSeconds(now) / windowSeconds) + 1) * windowSeconds;
}

/** What is answered where something was done too often, with the seconds until the next window. */
export function limitRefusal(limit: Limit, now: Date, cause?: unknown): Refusal {
  const retryAfterSeconds = windowEnd(limit, now) - epochSeconds(now);
  const message = `That was too often; it can be tried again in ${retryAfterSeconds} seconds.`;
  return new Refusal('limited', limit.code ?? 'limited', message, { retryAfterSeconds, cause });
}
