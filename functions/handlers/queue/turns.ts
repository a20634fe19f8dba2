/** Lets the sends of one worker begin no closer together than its channel's pace allows, from batch to batch. */
export interface Turns {
  /** Settles when the next send may begin. */
  take(): Promise<void>;
}

/** `now` gives milliseconds. */
export function createTurns(
  intervalMilliseconds: number,
  now: () => number,
  sleep: (milliseconds: number) => Promise<unknown>,
): Turns {
  let next = Number.NEGATIVE_INFINITY;
  return {
    async take() {
      const current = now();
      const turn = Math.max(current, next);
      next = turn + intervalMilliseconds;
      if (turn > current) await sleep(turn - current);
    },
  };
}
