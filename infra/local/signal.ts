/** Wakes those who wait for something to have happened; raised while nobody waits, it wakes the next one at once. */
export interface Signal {
  raise(): void;
  /** Settles when it is raised, or after so long. */
  wait(timeoutMs: number): Promise<void>;
}

export function createSignal(): Signal {
  let isRaised = false;
  let wake: (() => void) | undefined;
  return {
    raise: () => {
      isRaised = true;
      wake?.();
    },
    wait: (timeoutMs) =>
      new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer);
          isRaised = false;
          wake = undefined;
          resolve();
        };
        const timer = setTimeout(finish, timeoutMs);
        wake = finish;
        if (isRaised) finish();
      }),
  };
}
