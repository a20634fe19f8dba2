import * as z from 'zod';
import type { InvocationOutcome } from '../functions/functionWorker.ts';

const response = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * Reads which items of a batch failed.
 *
 * Lambda takes no response, and one without failures, as success; a response of another shape, or one that names an item which is
 * not of the batch, as the failure of all.
 *
 * @returns the items to process again, or `all`
 */
export function failedItems(
  outcome: InvocationOutcome,
  reportsFailures: boolean,
  identifiers: readonly string[],
): Set<string> | 'all' {
  if (!outcome.ok) return 'all';
  if (!reportsFailures) return new Set();
  const value: unknown = JSON.parse(outcome.payload);
  if (value === null) return new Set();
  const parsed = response.safeParse(value);
  if (!parsed.success) return 'all';
  const failed = new Set((parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const isOfBatch = [...failed].every((identifier) => identifiers.includes(identifier));
  return isOfBatch ? failed : 'all';
}
