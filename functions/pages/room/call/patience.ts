/** What a step may take at most after failures, and with all signs of progress together; milliseconds. */
const longestStep = 60_000;
const longestInAll = 120_000;

/** So many failures at most make a step's time twice as long each. */
const mostDoublings = 3;

export interface PatienceOptions {
  /** How often the same has failed before: each makes every step's time twice as long. */
  readonly failures: number;
  /** Whether something has come of it since it was last asked. */
  readonly hasProgressed: () => Promise<boolean>;
}

/**
 * Waits for a step to be done, on a machine that may be busy: the time begins anew with each sign of progress, and
 * grows with what failed before, so that nothing is thrown away that is on its way.
 */
export class Patience {
  readonly #options: PatienceOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #milliseconds = 0;
  #until = 0;
  #otherwise = () => {};

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /** Does something else where nothing comes of a step for so many milliseconds; what was waited for before is forgotten. */
  expect(milliseconds: number, otherwise: () => void): void {
    // What has come of it until now is no progress.
    void this.#options.hasProgressed();
    this.#begin(milliseconds, longestInAll, otherwise);
  }

  /** Does something after so many milliseconds, whatever comes meanwhile. */
  pause(milliseconds: number, then: () => void): void {
    this.#begin(milliseconds, 0, then);
  }

  /** A sign of progress. */
  renew(): void {
    if (this.#timer !== undefined && Date.now() < this.#until) this.#wait();
  }

  /** It is done, or given up. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** @param renewable milliseconds in which a sign of progress makes it begin anew */
  #begin(milliseconds: number, renewable: number, then: () => void): void {
    const doublings = Math.min(this.#options.failures, mostDoublings);
    this.#milliseconds = Math.min(longestStep, milliseconds * 2 ** doublings);
    this.#until = Date.now() + renewable;
    this.#otherwise = then;
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const timer = setTimeout(() => void this.#look(timer), this.#milliseconds);
    this.#timer = timer;
  }

  /** What came in meanwhile, as bytes, is no event: it is looked for before anything is given up. */
  async #look(timer: ReturnType<typeof setTimeout>): Promise<void> {
    const isProgress = Date.now() < this.#until && (await this.#options.hasProgressed());
    if (this.#timer !== timer) return;
    if (isProgress) return this.#wait();
    this.end();
    this.#otherwise();
  }
}
