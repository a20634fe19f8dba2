import { createHash, randomUUID } from 'node:crypto';
import type { LocalFunction } from '../functions/functionPool.ts';
import type { Outcome } from '../functions/functionWorker.ts';
import type { Journal } from '../journal.ts';
import { createSignal } from '../signal.ts';
import { failedItems } from './batchResponse.ts';
import type { MappingDefinition } from './mappingDefinition.ts';
import type { Poller } from './poller.ts';
import { openStreamReader, type StreamPosition, type StreamRecord } from './streamReader.ts';

const idleWaitMs = 500;
const refusedWaitMs = 5_000;
const firstRetryMs = 50;
const longestRetryMs = 5_000;

export interface StreamPollerOptions {
  readonly mapping: MappingDefinition;
  /** Of the database. */
  readonly endpoint: string;
  readonly tableName: string;
  /** The attribute that is the table's partition key. */
  readonly partitionKey: string;
  readonly target: LocalFunction;
  /** By mapping and lane. */
  readonly positions: Journal<StreamPosition>;
  /** Says whether the function's role lets its mapping do that with the stream. */
  readonly mayDo: (action: string) => boolean;
  /** Sends to the mapping's failure destination. */
  readonly sendFailure: (destinationArn: string, body: string) => void;
  readonly onError: (error: unknown) => void;
}

/** A record with the shard that it comes from. */
interface Read {
  readonly record: StreamRecord;
  readonly position: StreamPosition;
}

/**
 * Polls a table's stream for a function, in as many lanes as the mapping has parallel batches per shard; a partition key has always the
 * same lane, so that its changes stay in order.
 */
export function startStreamPoller(options: StreamPollerOptions): Poller {
  const lanes = Array.from({ length: options.mapping.parallelization }, (_, lane) => startLane(options, lane));
  return {
    nudge: () => {
      for (const lane of lanes) lane.nudge();
    },
    isIdle: () => lanes.every((lane) => lane.isIdle()),
    stop: async () => {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

function startLane(options: StreamPollerOptions, lane: number): Poller {
  const { mapping, endpoint, tableName, target, positions } = options;
  const key = `${mapping.name}/${lane}`;
  const reader = openStreamReader(endpoint, tableName, mapping.sourceArn, positions.get(key));
  const signal = createSignal();
  const end = createSignal();
  let pending: Read[] = [];
  let stopped = false;
  let nudges = 0;
  let nudgesSeen = -1;
  const running = run();

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        const isAllowed = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].every((action) =>
          options.mayDo(`dynamodb:${action}`),
        );
        if (!isAllowed) await end.wait(refusedWaitMs);
        else await step();
      } catch (error) {
        if (!stopped) options.onError(error);
        await end.wait(idleWaitMs);
      }
    }
  }

  async function step(): Promise<void> {
    if (mapping.startingPosition === 'LATEST' && positions.get(key) === undefined) await skipToEnd();
    const nudgesBefore = nudges;
    const isIdle = (await read()) === 0;
    const deadline = Date.now() + mapping.batchingWindowMs;
    while (pending.length > 0 && pending.length < mapping.batchSize && Date.now() < deadline && !stopped) {
      await signal.wait(Math.min(idleWaitMs, deadline - Date.now()));
      await read();
    }
    if (isIdle && pending.length === 0) {
      nudgesSeen = nudgesBefore;
      await signal.wait(idleWaitMs);
    }
    while (pending.length > 0 && !stopped) {
      const batch = pending.slice(0, mapping.batchSize);
      await settle(batch, 0);
      if (!stopped) pending = pending.slice(batch.length);
    }
  }

  /** Adds what this lane wants, and says how much was read. What nobody waits for moves the position on. */
  async function read(): Promise<number> {
    const { records, count, end: pageEnd } = await reader.next();
    for (const record of records) {
      if (laneOf(record, options.partitionKey, mapping.parallelization) !== lane || !mapping.filter(record)) continue;
      pending.push({ record, position: { ...pageEnd, sequenceNumber: record.dynamodb.SequenceNumber } });
    }
    if (pending.length === 0 && count > 0) positions.set(key, pageEnd);
    return count;
  }

  /** A mapping that begins with the latest records passes by what was there when it was first seen. */
  async function skipToEnd(): Promise<void> {
    for (;;) {
      const { count, end: pageEnd } = await reader.next();
      if (count > 0) continue;
      positions.set(key, pageEnd);
      return;
    }
  }

  /** Processes a batch until none of it is left: done, or given up. */
  async function settle(given: readonly Read[], attemptsBefore: number): Promise<void> {
    let batch = giveUpOld(given, attemptsBefore);
    for (let attempts = attemptsBefore; batch.length > 0 && !stopped; ) {
      const outcome = await target.invoke({ Records: batch.map(({ record }) => record) });
      if (stopped) return;
      const firstFailed = firstFailedOf(outcome, batch);
      if (firstFailed > 0) checkpoint(batch[firstFailed - 1]);
      if (firstFailed === batch.length) return;
      if (firstFailed === 0 && mapping.bisects && batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        await settle(batch.slice(0, middle), attempts);
        return settle(batch.slice(middle), attempts);
      }
      attempts = firstFailed > 0 ? 1 : attempts + 1;
      batch = batch.slice(firstFailed);
      if (attempts > mapping.maximumRetryAttempts) return giveUp(batch, 'RetryAttemptsExhausted', attempts, outcome);
      await end.wait(Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(attempts - 1, 10)));
      batch = giveUpOld(batch, attempts);
    }
  }

  /** Lambda goes on at the lowest failed record: later successes come again. */
  function firstFailedOf(outcome: Outcome, batch: readonly Read[]): number {
    const identifiers = batch.map(({ position }) => position.sequenceNumber);
    const failed = failedItems(outcome, mapping.reportsFailures, identifiers);
    if (failed === 'all') return 0;
    const first = identifiers.findIndex((identifier) => failed.has(identifier));
    return first === -1 ? batch.length : first;
  }

  function giveUpOld(batch: readonly Read[], attempts: number): readonly Read[] {
    const oldest = Date.now() - mapping.maximumRecordAgeMs;
    const firstYoung = batch.findIndex(({ record }) => arrivalOf(record) >= oldest);
    const old = firstYoung === -1 ? batch : batch.slice(0, firstYoung);
    if (old.length > 0) giveUp(old, 'RecordAgeExceeded', attempts, undefined);
    return batch.slice(old.length);
  }

  function giveUp(batch: readonly Read[], condition: string, attempts: number, outcome: Outcome | undefined): void {
    if (mapping.onFailureArn !== undefined) {
      options.sendFailure(mapping.onFailureArn, JSON.stringify(failureOf(batch, condition, attempts, outcome)));
    }
    checkpoint(batch.at(-1));
  }

  function failureOf(batch: readonly Read[], condition: string, attempts: number, outcome: Outcome | undefined) {
    const [first, last] = [batch[0], batch.at(-1)];
    return {
      requestContext: {
        requestId: outcome?.requestId ?? randomUUID(),
        functionArn: target.definition.arn,
        condition,
        approximateInvokeCount: attempts,
      },
      ...(outcome && {
        responseContext: {
          statusCode: 200,
          executedVersion: '$LATEST',
          functionError: outcome.ok ? null : 'Unhandled',
        },
      }),
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId: first?.position.shardId,
        startSequenceNumber: first?.position.sequenceNumber,
        endSequenceNumber: last?.position.sequenceNumber,
        approximateArrivalOfFirstRecord: first && new Date(arrivalOf(first.record)).toISOString(),
        approximateArrivalOfLastRecord: last && new Date(arrivalOf(last.record)).toISOString(),
        batchSize: batch.length,
        streamArn: mapping.sourceArn,
      },
    };
  }

  function checkpoint(last: Read | undefined): void {
    if (last !== undefined) positions.set(key, last.position);
  }

  return {
    nudge: () => {
      nudges += 1;
      signal.raise();
    },
    isIdle: () => nudgesSeen === nudges,
    stop: async () => {
      stopped = true;
      signal.raise();
      end.raise();
      await running;
    },
  };
}

function arrivalOf({ dynamodb }: StreamRecord): number {
  return dynamodb.ApproximateCreationDateTime * 1000;
}

/** The lane, by the partition key alone. */
function laneOf({ dynamodb: { Keys } }: StreamRecord, partitionKey: string, lanes: number): number {
  if (lanes === 1) return 0;
  return createHash('md5').update(JSON.stringify(Keys[partitionKey])).digest().readUInt32BE() % lanes;
}
