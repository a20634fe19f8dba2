import type { LocalFunction } from '../functions/functionPool.ts';
import type { InvocationOutcome } from '../functions/functionWorker.ts';
import { failedItems } from './batchResponse.ts';
import type { MappingDefinition } from './mappingDefinition.ts';
import { type Batch, failureRecord, type GivenUp, splitByAge } from './streamBatch.ts';
import type { StreamPosition } from './streamReader.ts';

const firstRetryMs = 50;

export interface BatchProcessorOptions {
  readonly mapping: MappingDefinition;
  readonly target: LocalFunction;
  readonly longestRetryMs: number;
  /** Keeps that all up to there is processed. */
  readonly checkpoint: (position: StreamPosition) => void;
  /** Sends to the mapping's failure destination. */
  readonly sendFailure: (destinationArn: string, body: string) => void;
  /** Waits, but not beyond the end of the lane. */
  readonly wait: (timeoutMs: number) => Promise<void>;
  readonly isStopped: () => boolean;
}

/** Processes a batch until none of it is left: done, or given up. */
export type ProcessBatch = (batch: Batch) => Promise<void>;

/** Retries, halves and gives up as Lambda does with a stream. */
export function createBatchProcessor(options: BatchProcessorOptions): ProcessBatch {
  const { mapping, target, checkpoint, isStopped } = options;
  return (batch) => processBatch(batch, 0);

  async function processBatch(given: Batch, attemptsBefore: number): Promise<void> {
    let batch = giveUpOld(given, attemptsBefore);
    for (let attempts = attemptsBefore; batch.length > 0 && !isStopped(); ) {
      const outcome = await target.invoke({ Records: batch.map(({ record }) => record) });
      if (isStopped()) return;
      const firstFailed = firstFailedOf(outcome, batch, mapping.reportsFailures);
      keep(batch[firstFailed - 1]?.position);
      if (firstFailed === batch.length) return;
      if (firstFailed === 0 && mapping.bisects && batch.length > 1) return processHalves(batch, attempts);
      attempts = firstFailed > 0 ? 1 : attempts + 1;
      batch = batch.slice(firstFailed);
      if (attempts > mapping.maximumRetryAttempts) {
        return giveUp(batch, { condition: 'RetryAttemptsExhausted', attempts, outcome });
      }
      await options.wait(Math.min(options.longestRetryMs, firstRetryMs * 2 ** Math.min(attempts - 1, 10)));
      batch = giveUpOld(batch, attempts);
    }
  }

  /** Halving is no attempt. */
  async function processHalves(batch: Batch, attempts: number): Promise<void> {
    const middle = Math.ceil(batch.length / 2);
    await processBatch(batch.slice(0, middle), attempts);
    await processBatch(batch.slice(middle), attempts);
  }

  function giveUpOld(batch: Batch, attempts: number): Batch {
    const { old, young } = splitByAge(batch, Date.now() - mapping.maximumRecordAgeMs);
    if (old.length > 0) giveUp(old, { condition: 'RecordAgeExceeded', attempts, outcome: undefined });
    return young;
  }

  function giveUp(batch: Batch, why: GivenUp): void {
    const parties = { functionArn: target.definition.arn, streamArn: mapping.sourceArn };
    if (mapping.onFailureArn !== undefined) {
      options.sendFailure(mapping.onFailureArn, JSON.stringify(failureRecord(batch, why, parties)));
    }
    keep(batch.at(-1)?.position);
  }

  function keep(position: StreamPosition | undefined): void {
    if (position !== undefined) checkpoint(position);
  }
}

/** Lambda goes on at the lowest failed record: later successes come again. */
function firstFailedOf(outcome: InvocationOutcome, batch: Batch, reportsFailures: boolean): number {
  const identifiers = batch.map(({ position }) => position.sequenceNumber);
  const failed = failedItems(outcome, reportsFailures, identifiers);
  if (failed === 'all') return 0;
  const first = identifiers.findIndex((identifier) => failed.has(identifier));
  return first === -1 ? batch.length : first;
}
