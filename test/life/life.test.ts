import { test } from 'vitest';
import { live, useWorld } from './lives.ts';

useWorld();

test('whatever happens at once, breaks or comes twice, everybody has heard last of each meeting as it is', async () => {
  await live(Number(process.env.RUNS ?? 5), Number(process.env.SEED ?? 20270301));
}, 600_000);
