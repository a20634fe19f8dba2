/** How many runs of a random test to make: so many, or as `RUNS` says. */
export function randomRuns(many: number): number {
  return Number(process.env.RUNS ?? many);
}

/** The seed that `SEED` names; without it each run sees what nobody has seen. */
export function randomSeed(): number {
  return Number(process.env.SEED ?? Date.now() % 2 ** 31);
}
