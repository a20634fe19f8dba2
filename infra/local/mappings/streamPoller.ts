import { createHash } from 'node:crypto';
import type { LocalFunction } from '../functions/functionPool.ts';
import type { Journal } from '../journal.ts';
import { createSignal } from '../signal.ts';
import { createBatchProcessor } from './batchProcessor.ts';
import type { MappingDefinition } from './mappingDefinition.ts';
import type { Poller } from './poller.ts';
import type { PlacedRecord } from './streamBatch.ts';
import { openStreamReader, type StreamPosition, type StreamRecord } from './streamReader.ts';

const idleWaitMs = 500;
const refusedWaitMs = 1_000;
const needed = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
  (action) => `dynamodb:${action}`,
);

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
  /** How long a batch waits at most until it is tried again. */
  readonly longestRetryMs: number;
  /** Says whether the function's role lets its mapping do that with the stream. */
  readonly mayDo: (action: string) => boolean;
  /** Sends to the mapping's failure destination. */
  readonly sendFailure: (destinationArn: string, body: string) => void;
  readonly onError: (error: unknown) => void;
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
  const { mapping, endpoint, tableName, target, positions, longestRetryMs, sendFailure } = options;
  const key = `${mapping.name}/${lane}`;
  const reader = openStreamReader(endpoint, tableName, mapping.sourceArn, positions.get(key));
  const signal = createSignal();
  const end = createSignal();
  let pending: PlacedRecord[] = [];
  let stopped = false;
  let nudges = 0;
  let nudgesSeen = -1;
  const processBatch = createBatchProcessor({
    mapping,
    target,
    longestRetryMs,
    sendFailure,
    checkpoint: (position) => positions.set(key, position),
    wait: end.wait,
    isStopped: () => stopped,
  });
  const running = run();

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        if (needed.every(options.mayDo)) await step();
        else await end.wait(refusedWaitMs);
      } catch (error) {
        if (!stopped) options.onError(error);
        await end.wait(idleWaitMs);
      }
    }
  }

  async function step(): Promise<void> {
    if (mapping.startingPosition === 'LATEST' && positions.get(key) === undefined) await skipToEnd();
    const nudgesBefore = nudges;
    const isAtEnd = (await read()) === 0;
    await fillBatch();
    if (isAtEnd && pending.length === 0) {
      nudgesSeen = nudgesBefore;
      await signal.wait(idleWaitMs);
    }
    while (pending.length > 0 && !stopped) {
      const batch = pending.slice(0, mapping.batchSize);
      await processBatch(batch);
      if (!stopped) pending = pending.slice(batch.length);
    }
  }

  /** Waits as long as the batching window for a batch that is not full. */
  async function fillBatch(): Promise<void> {
    const deadline = Date.now() + mapping.batchingWindowMs;
    while (pending.length > 0 && pending.length < mapping.batchSize && Date.now() < deadline && !stopped) {
      await signal.wait(Math.min(idleWaitMs, deadline - Date.now()));
      await read();
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

/** The lane, by the partition key alone. */
function laneOf({ dynamodb: { Keys } }: StreamRecord, partitionKey: string, lanes: number): number {
  if (lanes === 1) return 0;
  return createHash('md5').update(JSON.stringify(Keys[partitionKey])).digest().readUInt32BE() % lanes;
}
