import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { documents } from './clients.ts';
import { variable } from './environment.ts';
import { once } from './once.ts';
import { pause } from './repeat.ts';

/** The service's one table, as the stores use it. */
export interface Table {
  readonly name: string;
  readonly documents: DynamoDBDocumentClient;
}

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Row = Record<string, unknown>;

/** The table of this deployment. */
export const table = /* @__PURE__ */ once((): Table => ({ name: variable('TABLE_NAME'), documents: documents() }));

/** One row, read consistently. */
export async function getRow({ name, documents }: Table, key: Key): Promise<Row | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }));
  return Item;
}

/** DynamoDB's limit for one BatchGetItem. */
const keysPerBatchGet = 100;

/** The rows that exist among `keys`, in no order; what DynamoDB leaves unprocessed is asked for again. */
export async function getRows(
  { name, documents }: Table,
  keys: readonly Key[],
  { consistent = false }: { readonly consistent?: boolean } = {},
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < keys.length; start += keysPerBatchGet) {
    let pending: Record<string, unknown>[] = keys.slice(start, start + keysPerBatchGet).map((key) => ({ ...key }));
    for (let attempt = 0; pending.length > 0; attempt += 1) {
      if (attempt > 0) await pause(attempt);
      const request = { Keys: pending, ConsistentRead: consistent };
      const reply = await documents.send(new BatchGetCommand({ RequestItems: { [name]: request } }));
      rows.push(...(reply.Responses?.[name] ?? []));
      pending = reply.UnprocessedKeys?.[name]?.Keys ?? [];
    }
  }
  return rows;
}

/** DynamoDB's limit for one BatchWriteItem. */
const rowsPerBatchWrite = 25;

/** Puts and deletes rows whose writes need no condition; what DynamoDB leaves unprocessed is written again. */
export async function writeRows(
  { name, documents }: Table,
  puts: readonly Row[],
  deletes: readonly Key[] = [],
): Promise<void> {
  const requests = [
    ...puts.map((Item) => ({ PutRequest: { Item } })),
    ...deletes.map((key) => ({ DeleteRequest: { Key: { ...key } } })),
  ];
  for (let start = 0; start < requests.length; start += rowsPerBatchWrite) {
    let pending: NonNullable<BatchWriteCommand['input']['RequestItems']>[string] = requests.slice(
      start,
      start + rowsPerBatchWrite,
    );
    for (let attempt = 0; pending.length > 0; attempt += 1) {
      if (attempt > 0) await pause(attempt);
      const reply = await documents.send(new BatchWriteCommand({ RequestItems: { [name]: pending } }));
      pending = reply.UnprocessedItems?.[name] ?? [];
    }
  }
}

/**
 * Every row of a partition whose sort key begins with `prefix`, or all of them, read consistently, page by
 * page. DynamoDB refuses an empty text for a key, in a condition too.
 */
export async function* queryRows({ name, documents }: Table, pk: string, prefix?: string): AsyncGenerator<Row> {
  const [begins, value] = prefix === undefined ? ['', {}] : [' AND begins_with(sk, :prefix)', { ':prefix': prefix }];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: `pk = :pk${begins}`,
        ExpressionAttributeValues: { ':pk': pk, ...value },
        ConsistentRead: true,
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}

/** The first rows of a partition from one sort key to another, at most `limit`, read consistently, and whether there may be more. */
export async function queryPage(
  { name, documents }: Table,
  pk: string,
  { first, last }: { readonly first: string; readonly last: string },
  limit: number,
): Promise<{ rows: Row[]; more: boolean }> {
  const page = await documents.send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: { ':pk': pk, ':first': first, ':last': last },
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  return { rows: page.Items ?? [], more: page.LastEvaluatedKey !== undefined };
}

/** All that `queryRows` gives. */
export async function allRows(table: Table, pk: string, prefix?: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of queryRows(table, pk, prefix)) rows.push(row);
  return rows;
}

/** Whether the condition of a write of one row held. */
export async function conditionHeld(written: Promise<unknown>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Writes several rows, all or none. @throws TransactionCanceledException where a condition does not hold */
export async function transact(
  { documents }: Table,
  items: NonNullable<TransactWriteCommandInput['TransactItems']>,
): Promise<void> {
  await documents.send(new TransactWriteCommand({ TransactItems: items }));
}

/** Some six seconds in all: thirty who want the same row at once all get to write it, one after another. */
const overtakenAttempts = 15;

/**
 * Reads and writes again what somebody else's write overtook: a transaction of which a condition did not hold.
 *
 * @throws what `attempt` throws, and the last TransactionCanceledException where others were always faster
 */
export async function repeatOvertaken<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let times = 1; ; times += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (failedConditions(error).length === 0 || times === overtakenAttempts) throw error;
      await pause(times);
    }
  }
}

/** Which items of a canceled transaction had a condition that did not hold, by their position. */
export function failedConditions(error: unknown): number[] {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return reasons.flatMap((reason, index) => (reason.Code === 'ConditionalCheckFailed' ? [index] : []));
}
