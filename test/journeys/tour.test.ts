import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStage, type Stage, type Story } from './tour/stage.ts';
import { tour } from './tour/tour.ts';

const patience = 120_000;

describe.each(tour.map((part) => [part.name, part] as const))('the tour %s', (_, { settings, stories: all }) => {
  let stage: Stage;
  // What a function reads once, each story has it read; those that have it read anew are for a grant that is withheld.
  const stories = all.filter(({ readsAnew }) => readsAnew === undefined);
  const named = (some: readonly Story[]) => some.map(({ name, tell }) => [name, tell] as const);

  beforeAll(async () => {
    stage = await openStage(settings);
  });

  afterAll(() => stage.end());

  describe.concurrent('at once', () => {
    test.each(named(stories.filter(({ alone }) => !alone)))('%s', (_name, tell) => tell(stage), patience);
  });

  test.each(named(stories.filter(({ alone }) => alone)))('%s', (_name, tell) => tell(stage), patience);

  test(
    'no function did what its role does not allow',
    async () => {
      await stage.service.waitUntilIdle(patience); // a delivery may wait out the lease of the one before it

      expect(stage.service.denied()).toEqual([]);
    },
    2 * patience,
  );
});
