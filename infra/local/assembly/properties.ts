import * as z from 'zod';
import type { Resource } from './stack.ts';

/** Reads a resource's properties. @throws where they hold what the local run does not know, with the resource's name */
export function readProperties<Parsed>(schema: z.ZodType<Parsed>, { logicalId, type, properties }: Resource): Parsed {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  throw new Error(`The local run cannot serve ${logicalId} (${type}): ${z.prettifyError(parsed.error)}`);
}
