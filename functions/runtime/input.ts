import * as z from 'zod/mini';
import { type InputFault, invalidInput } from './refusal.ts';
import { jsonPointer } from './refusals/jsonPointer.ts';

/**
 * Parses what came from outside.
 *
 * @throws Refusal `invalid-input`, with one error for each fault.
 */
export function parseInput<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.output<Schema> {
  // Without `reportInput` no issue says what it found, and nothing could be told from what is absent.
  const result = z.safeParse(schema, input, { reportInput: true });
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap(faultsOf);
  // Of a value that is too long and not of its form the one rule is broken twice.
  throw invalidInput([...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values()]);
}

function faultsOf(issue: z.core.$ZodIssue): InputFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: jsonPointer([...issue.path, key]), message: 'is not a known field' }));
  }
  const missing = issue.code !== 'custom' && issue.input === undefined;
  return [{ path: jsonPointer(issue.path), message: missing ? 'is required' : issue.message }];
}
