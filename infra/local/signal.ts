/** Wakes those who wait for something to have happened; raised while nobody waits, it wakes the next one at once. */
export interface Signal {
  raise(): void;
  /** Settles when it is raised, or after so long. */
  wait(timeoutMs: number): Promise<void>;
}

export function createSignal(): Signal {
  const waiting = new Set<() => void>();
  let isRaised = false;
  return {
    raise: () => {
      isRaised = waiting.size === 0;
      for (const wake of waiting) wake();
    },
    wait: (timeoutMs) =>
      new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer);
          waiting.delete(finish);
          resolve();
        };
        const timer = setTimeout(finish, timeoutMs);
        waiting.add(finish);
        if (!isRaised) return;
        isRaised = false;
        finish();
      }),
  };
}
