import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many times as many random runs are made as in `npm test`. */
    thoroughness: number;
  }
}

/** How many runs of a random test to make: so many in `npm test`, many times that among the proofs, or as `RUNS` says. */
export function randomRuns(few: number): number {
  return Number(process.env.RUNS ?? few * inject('thoroughness'));
}

/** The seed that `SEED` names; without it the proofs see what nobody has seen, and `npm test` the same each time. */
export function randomSeed(): number {
  return Number(process.env.SEED ?? (inject('thoroughness') > 1 ? Date.now() % 2 ** 31 : 20_270_301));
}
