import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many times as many random runs are made as in `npm test`. */
    thoroughness: number;
  }
}

/** How many runs of a random test to make: so many in `npm test`, many times that among the proofs. */
export function randomRuns(few: number): number {
  return few * inject('thoroughness');
}
