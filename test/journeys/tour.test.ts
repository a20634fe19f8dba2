import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStage, type Stage } from './tour/stage.ts';
import { tour } from './tour/tour.ts';

const patience = 120_000;

describe.each(tour)('the tour $name', ({ settings, stories }) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage(settings);
  });

  afterAll(() => stage.end());

  describe.concurrent('at once', () => {
    test.each(stories.filter(({ alone }) => !alone))('$name', ({ tell }) => tell(stage), patience);
  });

  test.each(stories.filter(({ alone }) => alone))('$name', ({ tell }) => tell(stage), patience);

  test('no function did what its role does not allow', async () => {
    await stage.service.settled();

    expect(stage.service.denied()).toEqual([]);
  });
});
