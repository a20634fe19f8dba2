import { expect, test } from 'vitest';
import { createInvocationCounts } from '../../../infra/local/functions/invocations.ts';

test('counts how often each function ran and its milliseconds, each run rounded up as it is billed', () => {
  const counts = createInvocationCounts();
  counts.add('Deliver', 1.2);
  counts.add('Plan', 7);
  counts.add('Deliver', 20.01);

  expect(counts.all()).toEqual([
    { functionName: 'Deliver', count: 2, milliseconds: 23 },
    { functionName: 'Plan', count: 1, milliseconds: 7 },
  ]);
  counts.clear();
  expect(counts.all()).toEqual([]);
});
