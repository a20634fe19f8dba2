/** Milliseconds until somebody from whom nothing comes is missed, and the longest between two times. */
const firstPause = 8_000;
const longestPause = 240_000;

/**
 * Tells who is missed, ever more seldom: a browser that crashed, or whose network went away, says no goodbye,
 * while one that nothing comes from may just have no way to this one.
 */
export class Absences {
  readonly #miss: (id: string) => void;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(miss: (id: string) => void) {
    this.#miss = miss;
  }

  begin(id: string): void {
    if (!this.#timers.has(id)) this.#wait(id, firstPause);
  }

  end(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  close(): void {
    for (const id of [...this.#timers.keys()]) this.end(id);
  }

  #wait(id: string, pause: number): void {
    const timer = setTimeout(() => {
      this.#miss(id);
      this.#wait(id, Math.min(2 * pause, longestPause));
    }, pause);
    this.#timers.set(id, timer);
  }
}
