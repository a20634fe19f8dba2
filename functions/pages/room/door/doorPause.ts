/** Milliseconds between two looks at a door that is closed until later: meetings are moved, and cancelled. */
const lookAgain = 300_000;

/** Everyone waits for the same moment; the door is not knocked at by all of them in the same second. */
const spread = 2_500;

/**
 * Milliseconds until a door that opens at `opensAt` is to be asked again.
 *
 * @param lot 0 to 1, by chance
 */
export function doorPause(opensAt: number, now: number, lot: number): number {
  const left = opensAt - now;
  return left > 0 ? Math.min(lookAgain, left + lot * spread) : spread + lot * spread;
}
