import type { Throttling } from './httpApi.ts';

/** Says whether one more request passes now, and counts it. */
export type Throttle = (now: number) => boolean;

/** A token bucket: the burst is its size, the rate refills it. Without a rate everything passes. */
export function createThrottle({ ThrottlingBurstLimit, ThrottlingRateLimit }: Throttling): Throttle {
  if (ThrottlingRateLimit === undefined) return () => true;
  const size = Math.max(1, ThrottlingBurstLimit ?? ThrottlingRateLimit);
  let tokens = size;
  let filledAt: number | undefined;
  return (now) => {
    tokens = Math.min(size, tokens + ((now - (filledAt ?? now)) / 1000) * ThrottlingRateLimit);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
