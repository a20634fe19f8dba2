import * as z from 'zod/mini';
import { type InputFault, invalidInput } from './refusal.ts';

/**
 * Parses what came from outside.
 *
 * @throws Refusal `invalid-input`, with one error for each fault.
 */
export function parseInput<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  throw invalidInput(result.error.issues.flatMap(faultsOf));
}

function faultsOf(issue: z.core.$ZodIssue): InputFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), message: 'is not a known field' }));
  }
  const missing = issue.code !== 'custom' && issue.input === undefined;
  return [{ path: pathText(issue.path), message: missing ? 'is required' : issue.message }];
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
