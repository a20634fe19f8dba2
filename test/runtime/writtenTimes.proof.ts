import { expect, it } from 'vitest';
import { tryTransitions } from './everyTransition.ts';

it('tells a meeting rightly over every change of the clocks of every zone in the next two years', () => {
  const count = tryTransitions(Intl.supportedValuesOf('timeZone'));
  expect(count).toBeGreaterThan(500);
});
