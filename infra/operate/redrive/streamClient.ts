import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { FailedChanges } from './failedChanges.ts';

/** DynamoDB's own answers for what is older than the day that a stream is kept. */
const trimmed = new Set(['TrimmedDataAccessException', 'ResourceNotFoundException']);

/**
 * Reads what stands where a mapping gave up, in the form in which Lambda hands it over.
 *
 * @returns undefined where the stream keeps it no more: it keeps 24 hours
 */
export async function readChanges(
  { shardId, streamArn, startSequenceNumber, endSequenceNumber }: FailedChanges,
  streams = new DynamoDBStreamsClient(),
) {
  const records: StreamRecord[] = [];
  const end = BigInt(endSequenceNumber);
  const place = { StreamArn: streamArn, ShardId: shardId, SequenceNumber: startSequenceNumber };
  try {
    const first = await streams.send(
      new GetShardIteratorCommand({ ...place, ShardIteratorType: 'AT_SEQUENCE_NUMBER' }),
    );
    let ShardIterator = first.ShardIterator;
    for (let isRead = false; ShardIterator !== undefined && !isRead; ) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
      const read = page.Records ?? [];
      records.push(...read.filter((record) => placeOf(record) <= end));
      isRead = read.some((record) => placeOf(record) >= end);
      ShardIterator = page.NextShardIterator;
    }
  } catch (error) {
    if (error instanceof Error && trimmed.has(error.name)) return undefined;
    throw error;
  }
  return records.map((record) => eventOf(record, streamArn));
}

function placeOf({ dynamodb }: StreamRecord): bigint {
  return BigInt(dynamodb?.SequenceNumber ?? 0);
}

/** Lambda writes the moment as seconds. */
function eventOf({ dynamodb, ...record }: StreamRecord, eventSourceARN: string) {
  const ApproximateCreationDateTime = (dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1_000;
  return { ...record, eventSourceARN, dynamodb: { ...dynamodb, ApproximateCreationDateTime } };
}
