import { test } from 'vitest';
import { randomRuns, randomSeed } from '../randomRuns.ts';
import { live, useWorld } from './lives.ts';

useWorld();

const seed = randomSeed();

test(`whatever happens at once, breaks or comes twice, everybody has heard last of each meeting as it is (seed ${seed})`, async () => {
  await live(randomRuns(60), seed);
}, 900_000);
