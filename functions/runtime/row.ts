import * as z from 'zod/mini';

/** An instant as a row holds it (RFC 3339 UTC, so that it sorts and reads well); a Date inside. */
export const storedInstant = z.pipe(
  z.iso.datetime(),
  z.transform((text) => new Date(text)),
);

export const secondsPerDay = 86_400;

/** DynamoDB's TTL and this service's leases count in epoch seconds. */
export function epochSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}
