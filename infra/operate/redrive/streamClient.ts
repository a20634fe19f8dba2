import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { FailedChanges } from './failedChanges.ts';

/** DynamoDB's own answers for what is older than the day that a stream is kept. */
const trimmed = new Set(['TrimmedDataAccessException', 'ResourceNotFoundException']);

/** A page may be empty with more behind it (Amazon DynamoDB API reference, "GetRecords"); an open shard has always a next one. */
const mostEmptyPages = 100;

/**
 * Reads what stands where a mapping gave up, in the form in which Lambda hands it over.
 *
 * @returns undefined where the stream keeps it no more: it keeps 24 hours
 */
export async function readChanges(
  { shardId, streamArn, startSequenceNumber, endSequenceNumber }: FailedChanges,
  streams = new DynamoDBStreamsClient(),
) {
  const place = { StreamArn: streamArn, ShardId: shardId, SequenceNumber: startSequenceNumber };
  try {
    const found = await streams.send(
      new GetShardIteratorCommand({ ...place, ShardIteratorType: 'AT_SEQUENCE_NUMBER' }),
    );
    const records = await readUpTo(BigInt(endSequenceNumber), found.ShardIterator, streams);
    return records?.map((record) => eventOf(record, streamArn));
  } catch (error) {
    if (error instanceof Error && trimmed.has(error.name)) return undefined;
    throw error;
  }
}

/** Undefined where the last of them is not there. */
async function readUpTo(
  end: bigint,
  from: string | undefined,
  streams: DynamoDBStreamsClient,
): Promise<StreamRecord[] | undefined> {
  const records: StreamRecord[] = [];
  let ShardIterator = from;
  for (let empty = 0; ShardIterator !== undefined && empty < mostEmptyPages; ) {
    const { Records: page = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    records.push(...page.filter((record) => placeOf(record) <= end));
    if (page.some((record) => placeOf(record) >= end)) return records;
    empty = page.length === 0 ? empty + 1 : 0;
    ShardIterator = NextShardIterator;
  }
  return undefined;
}

function placeOf({ dynamodb }: StreamRecord): bigint {
  return BigInt(dynamodb?.SequenceNumber ?? 0);
}

/** Lambda writes the moment as seconds. */
function eventOf({ dynamodb, ...record }: StreamRecord, eventSourceARN: string) {
  const ApproximateCreationDateTime = (dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1_000;
  return { ...record, eventSourceARN, dynamodb: { ...dynamodb, ApproximateCreationDateTime } };
}
