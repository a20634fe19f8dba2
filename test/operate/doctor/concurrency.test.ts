import { expect, test } from 'vitest';
import * as z from 'zod';
import { backgroundFunctions } from '../../../infra/operate/doctor/concurrency.ts';
import { readSettings } from '../../../infra/settings.ts';
import { projectDirectory } from '../../../infra/synthesize.ts';
import { everything, stackOf } from '../../infra/fourSettings.ts';

test('reckons with as many as the template’s mappings run at once', async () => {
  const { settings } = readSettings(everything, { projectDirectory });
  const mappings = (await stackOf('everything on')).ofType('AWS::Lambda::EventSourceMapping');
  const atOnce = mappings.map(({ properties }) => {
    const { ScalingConfig, ParallelizationFactor = 1 } = mapping.parse(properties);
    return ScalingConfig?.MaximumConcurrency ?? ParallelizationFactor;
  });

  expect(mappings).toHaveLength(7);
  expect(backgroundFunctions(settings, ['email', 'sms', 'push'])).toBe(atOnce.reduce((sum, one) => sum + one, 0));
});

/** A mapping takes one batch of a shard at once where it says nothing else. */
const mapping = z.object({
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
  ParallelizationFactor: z.number().optional(),
});

test('reckons with the channels in use alone', () => {
  const { settings } = readSettings(everything, { projectDirectory });

  expect(backgroundFunctions(settings, ['email', 'sms', 'push'])).toBe(20);
  expect(backgroundFunctions(settings, ['email'])).toBe(16);
  expect(backgroundFunctions(settings, [])).toBe(12);
});
