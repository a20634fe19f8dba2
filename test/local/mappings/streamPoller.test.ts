import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod';
import { databaseClient } from '../../../infra/local/databaseTable.ts';
import type { LocalFunction } from '../../../infra/local/functions/functionPool.ts';
import type { InvocationOutcome } from '../../../infra/local/functions/functionWorker.ts';
import { openJournal } from '../../../infra/local/journal.ts';
import type { MappingDefinition } from '../../../infra/local/mappings/mappingDefinition.ts';
import { startStreamPoller } from '../../../infra/local/mappings/streamPoller.ts';
import type { StreamRecord } from '../../../infra/local/mappings/streamReader.ts';
import { type StoreTable, startStoreTable } from '../storeTable.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';

const position = z.object({ shardId: z.string(), sequenceNumber: z.string() });

let table: StoreTable;
let client: ReturnType<typeof databaseClient>;
let run = 0;

beforeAll(async () => {
  table = await startStoreTable();
  client = databaseClient(table.endpoint);
});

afterAll(() => table.stop());

beforeEach(() => {
  run += 1;
});

describe('startStreamPoller', () => {
  test('goes on after the last batch that it kept', async () => {
    const directory = temporaryDirectory();
    await put('a');
    const first = start({}, directory);
    await vi.waitFor(() => expect(first.seen()).toEqual([['a']]));
    await first.stop();
    await put('b');

    const second = start({}, directory);

    await vi.waitFor(() => expect(second.seen()).toEqual([['b']]));
  });

  test('goes on at the lowest record that failed, and keeps what came before it', async () => {
    const directory = temporaryDirectory();
    for (const name of ['a', 'b', 'c']) await put(name);
    const failing = start({ reportsFailures: true }, directory, (names) => ({
      fail: names.filter((name) => name !== 'a'),
    }));
    await vi.waitFor(() => expect(failing.seen().length).toBeGreaterThan(2));
    await failing.stop();
    expect(failing.seen().slice(0, 3)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
      ['b', 'c'],
    ]);

    const second = start({}, directory);

    await vi.waitFor(() => expect(second.seen()).toEqual([['b', 'c']]));
  });

  test('halves a batch that throws without counting that as an attempt', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await put(name);

    const { seen, failures } = start(
      { bisects: true, maximumRetryAttempts: 1, onFailureArn: 'arn:failures' },
      undefined,
      (names) => (names.includes('c') ? 'throw' : {}),
    );

    await vi.waitFor(() => expect(seen().at(-1)).toEqual(['d']));
    expect(seen()).toEqual([['a', 'b', 'c', 'd'], ['a', 'b'], ['c', 'd'], ['c'], ['c'], ['d']]);
    expect(failures).toMatchObject([
      { requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 } },
    ]);
  });

  test('gives the whole of a batch up that it may not halve', async () => {
    for (const name of ['a', 'b']) await put(name);
    const { seen, failures } = start(
      { maximumRetryAttempts: 0, onFailureArn: 'arn:failures' },
      undefined,
      () => 'throw',
    );

    await vi.waitFor(() => expect(failures).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 2 } }]));
    await put('c');
    await vi.waitFor(() => expect(seen()).toEqual([['a', 'b'], ['c']]));
  });

  test('gives up a record that is too old', async () => {
    await put('old');
    const { seen, failures } = start({ maximumRecordAgeMs: 0, onFailureArn: 'arn:failures' });

    await vi.waitFor(() => expect(failures).toHaveLength(1));

    expect(failures[0]).toMatchObject({
      requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
    });
    expect(failures[0]).not.toHaveProperty('responseContext');
    expect(seen()).toEqual([]);
  });

  test('waits for a batch to fill, and not longer than its window', async () => {
    await put('a');
    const { seen } = start({ batchSize: 2, batchingWindowMs: 2_000 });
    await new Promise((resolve) => setImmediate(resolve));
    await put('b');
    await put('c');

    await vi.waitFor(() => expect(seen()).toEqual([['a', 'b'], ['c']]), 5_000);
  });

  test('begins with what comes after it was made where it is told to, and goes on there', async () => {
    await put('before');
    const directory = temporaryDirectory();
    const latest = start({ startingPosition: 'LATEST' }, directory);
    await vi.waitFor(() => expect(latest.poller.isIdle()).toBe(true));
    await put('after');
    await vi.waitFor(() => expect(latest.seen()).toEqual([['after']]));
    await latest.stop();
    await put('later');

    const again = start({ startingPosition: 'LATEST' }, directory);

    await vi.waitFor(() => expect(again.seen()).toEqual([['later']]));
  });

  test('waits while it is not allowed to', async () => {
    await put('a');
    const { seen, poller } = start({}, undefined, undefined, false);
    poller.nudge();

    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(seen()).toEqual([]);
  });
});

type Answer = (names: readonly string[]) => 'throw' | { readonly fail?: readonly string[] };

/** Starts a poller for a function that answers so; it sees the items of this test alone. */
function start(
  change: Partial<MappingDefinition>,
  directory = temporaryDirectory(),
  answer: Answer = () => ({}),
  isAllowed = true,
) {
  const invocations: string[][] = [];
  const failures: unknown[] = [];
  const own = `${run}#`;
  const nameOf = ({ dynamodb: { Keys } }: StreamRecord) => z.object({ S: z.string() }).parse(Keys.sk).S;
  const invoke = async (event: unknown): Promise<InvocationOutcome> => {
    const { Records } = event as { Records: StreamRecord[] };
    const names = Records.map(nameOf);
    invocations.push(names);
    const result = answer(names);
    if (result === 'throw')
      return { ok: false, requestId: 'id', error: { errorType: 'Error', errorMessage: 'on order' } };
    const failed = Records.filter((record) => result.fail?.includes(nameOf(record)));
    const batchItemFailures = failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber }));
    return { ok: true, requestId: 'id', payload: JSON.stringify({ batchItemFailures }) };
  };
  const positions = openJournal(join(directory, 'positions.jsonl'), position);
  const poller = startStreamPoller({
    mapping: {
      name: 'Stream',
      sourceArn: 'arn:stream',
      functionName: 'Follow',
      batchSize: 100,
      batchingWindowMs: 0,
      filter: (record) => JSON.stringify(record).includes(`"${own}"`),
      reportsFailures: false,
      bisects: false,
      maximumRetryAttempts: Infinity,
      maximumRecordAgeMs: Infinity,
      onFailureArn: undefined,
      parallelization: 1,
      maximumConcurrency: undefined,
      startingPosition: 'TRIM_HORIZON',
      ...change,
    },
    endpoint: table.endpoint,
    tableName: table.tableName,
    partitionKey: 'pk',
    target: { definition: { arn: 'arn:function' }, invoke } as unknown as LocalFunction,
    positions,
    longestRetryMs: 5_000,
    mayDo: () => isAllowed,
    sendFailure: (_, body) => failures.push(JSON.parse(body)),
    onError: (error) => failures.push(error),
  });
  onTestFinished(poller.stop);
  return { poller, seen: () => invocations, failures, stop: poller.stop };
}

function put(name: string) {
  return client.send(
    new PutItemCommand({ TableName: table.tableName, Item: { pk: { S: `${run}#` }, sk: { S: name } } }),
  );
}
