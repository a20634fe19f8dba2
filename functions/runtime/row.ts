import * as z from 'zod/mini';
import { UnreadableRow } from './refusals/unreadableRow.ts';
import type { Row } from './table.ts';

/** An instant as a row holds it (RFC 3339 UTC, so that it sorts and reads well); a Date inside. */
export const storedInstant = z.pipe(
  z.iso.datetime(),
  z.transform((text) => new Date(text)),
);

/** Text as a record of the table's stream holds it (DynamoDB JSON). */
export const imageText = z.pipe(
  z.object({ S: z.string() }),
  z.transform(({ S }) => S),
);

/** A number of such a record. */
export const imageNumber = z.pipe(
  z.object({ N: z.string() }),
  z.transform(({ N }) => Number(N)),
);

/** An instant of such a record. */
export const imageInstant = z.pipe(imageText, storedInstant);

/** Reads a row by its schema; of its key what the schema names. @throws UnreadableRow where a field is not as this release knows it */
export function parseRow<Schema extends z.core.$ZodObject>(schema: Schema, row: Row): z.output<Schema> {
  const { shape } = schema._zod.def;
  const fields = Object.entries(row).filter(([name]) => (name !== 'pk' && name !== 'sk') || Object.hasOwn(shape, name));
  const read = z.safeParse(schema, Object.fromEntries(fields));
  if (read.success) return read.data;
  throw new UnreadableRow(row, [...new Set(read.error.issues.map(({ path }) => path.join('.')))]);
}

/** Those of some rows that this release can read, and the faults of the others. */
export function parseRows<Schema extends z.core.$ZodObject>(
  schema: Schema,
  rows: readonly Row[],
): { readonly read: z.output<Schema>[]; readonly unreadable: UnreadableRow[] } {
  const read: z.output<Schema>[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const row of rows) {
    try {
      read.push(parseRow(schema, row));
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
      unreadable.push(error);
    }
  }
  return { read, unreadable };
}

export const secondsPerDay = 86_400;

/** DynamoDB's TTL and this service's leases count in epoch seconds. */
export function epochSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}
