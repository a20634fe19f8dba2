import * as z from 'zod';
import type { Resource, Stack } from './assembly/stack.ts';
import { ensureTable, tableProperties } from './databaseTable.ts';

const keys = z.object({ KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })) });

/** Makes the template's tables where they are not there yet. */
export async function createTables(stack: Stack, endpoint: string): Promise<void> {
  for (const { name, properties } of stack.ofType('AWS::DynamoDB::Table')) {
    await ensureTable(endpoint, tableProperties.parse({ ...properties, TableName: name }));
  }
}

/** @returns the name of the attribute that is the table's partition key */
export function partitionKeyOf({ properties }: Resource): string {
  const { KeySchema } = keys.parse(properties);
  return KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
}
