/** Milliseconds that a connection has to stand for what failed before it to be forgotten. */
const steadyAfter = 30_000;

/** Milliseconds between calls that fail one after the other: half to the whole of a pause that doubles each time. */
const firstPause = 1_000;
const longestPause = 15_000;

/** How often connections to each person have failed, one after the other. */
export class Failures {
  readonly #counts = new Map<string, number>();
  /** Since when somebody is connected; epoch milliseconds. */
  readonly #connectedAt = new Map<string, number>();

  of(person: string): number {
    return this.#counts.get(person) ?? 0;
  }

  connected(person: string): void {
    this.#connectedAt.set(person, Date.now());
  }

  /** Counts one more. @returns how many there were before, since the last connection that stood */
  add(person: string): number {
    const connectedAt = this.#connectedAt.get(person) ?? Number.POSITIVE_INFINITY;
    this.#connectedAt.delete(person);
    const before = Date.now() - connectedAt >= steadyAfter ? 0 : this.of(person);
    this.#counts.set(person, before + 1);
    return before;
  }

  forget(person: string): void {
    this.#counts.delete(person);
    this.#connectedAt.delete(person);
  }
}

/** Milliseconds until a call is begun anew after so many failures before. @param chance 0 to 1 */
export function pauseAfter(failures: number, chance: number): number {
  return Math.min(longestPause, firstPause * 2 ** failures) * (1 - chance / 2);
}
