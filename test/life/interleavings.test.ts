import { inject, test } from 'vitest';
import { live, useWorld } from './lives.ts';

useWorld();

/** After each change the same few; for the proof hundreds that nobody has seen. */
const isProof = inject('thoroughness') > 1;
const numRuns = Number(process.env.LIFE_RUNS ?? (isProof ? 300 : 3));
const seed = Number(process.env.LIFE_SEED ?? (isProof ? Date.now() % 2 ** 31 : 20270301));

test(`whatever happens at once, breaks or comes twice, everybody has heard last of each meeting as it is (seed ${seed})`, async () => {
  await live(numRuns, seed);
}, 900_000);
