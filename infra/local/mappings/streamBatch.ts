import { randomUUID } from 'node:crypto';
import type { InvocationOutcome } from '../functions/functionWorker.ts';
import type { StreamPosition, StreamRecord } from './streamReader.ts';

/** A record with where it stands. */
export interface PlacedRecord {
  readonly record: StreamRecord;
  readonly position: StreamPosition;
}

export type Batch = readonly PlacedRecord[];

/** Why a batch was given up. */
export interface GivenUp {
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly attempts: number;
  /** Of the last attempt; undefined where there was none for this reason. */
  readonly outcome: InvocationOutcome | undefined;
}

/** The records at the batch's beginning that came before that moment (epoch milliseconds), and the others. */
export function splitByAge(batch: Batch, oldest: number): { readonly old: Batch; readonly young: Batch } {
  const firstYoung = batch.findIndex(({ record }) => arrivalOf(record) >= oldest);
  const count = firstYoung === -1 ? batch.length : firstYoung;
  return { old: batch.slice(0, count), young: batch.slice(count) };
}

/**
 * What a failure destination is told of a batch: where it stands in the stream, not what it holds.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function failureRecord(
  batch: Batch,
  { condition, attempts, outcome }: GivenUp,
  { functionArn, streamArn }: { readonly functionArn: string; readonly streamArn: string },
): Record<string, unknown> {
  const [first, last] = [batch[0], batch.at(-1)];
  const functionError = outcome?.ok === false ? 'Unhandled' : null;
  return {
    requestContext: {
      requestId: outcome?.requestId ?? randomUUID(),
      functionArn,
      condition,
      approximateInvokeCount: attempts,
    },
    ...(outcome && { responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError } }),
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: first?.position.shardId,
      startSequenceNumber: first?.position.sequenceNumber,
      endSequenceNumber: last?.position.sequenceNumber,
      approximateArrivalOfFirstRecord: first && new Date(arrivalOf(first.record)).toISOString(),
      approximateArrivalOfLastRecord: last && new Date(arrivalOf(last.record)).toISOString(),
      batchSize: batch.length,
      streamArn,
    },
  };
}

function arrivalOf({ dynamodb }: StreamRecord): number {
  return dynamodb.ApproximateCreationDateTime * 1000;
}
