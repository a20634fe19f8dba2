import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** What DynamoDB adds to each item that it stores. */
const overheadBytes = 100;

/** The bytes that an item is billed for (Amazon DynamoDB developer guide, "DynamoDB item sizes and formats"). */
export function itemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  return overheadBytes + membersBytes(item);
}

function membersBytes(members: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(members).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes({ S, N, M, L, BOOL, NULL, B }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.replace(/[-.]/g, '').length / 2) + 1;
  if (BOOL !== undefined || NULL !== undefined) return 1;
  if (B !== undefined) return B.length;
  if (M !== undefined) return 3 + Object.keys(M).length + membersBytes(M);
  if (L !== undefined) return 3 + L.length + L.reduce((sum, value) => sum + valueBytes(value), 0);
  throw new Error('A set, of which the table has none');
}
