import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { region } from '../assembly/place.ts';

const attributes = z.record(z.string(), z.unknown());

const change = z.looseObject({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.looseObject({
    ApproximateCreationDateTime: z.number(),
    Keys: attributes,
    NewImage: attributes.optional(),
    OldImage: attributes.optional(),
    SequenceNumber: z.string(),
  }),
});

const streams = z.object({ Streams: z.array(z.object({ StreamArn: z.string() })) });
const description = z.object({
  StreamDescription: z.object({
    Shards: z.array(z.object({ ShardId: z.string() })),
    LastEvaluatedShardId: z.string().optional(),
  }),
});
const shardIterator = z.object({ ShardIterator: z.string() });
const page = z.object({ Records: z.array(change), NextShardIterator: z.string().nullish() });

/** One change of an item, as a function gets it. */
export type StreamRecord = z.infer<typeof change> & { readonly eventSourceARN: string };

/** The last record that was read; an empty sequence number is before the first of its shard. */
export interface StreamPosition {
  readonly shardId: string;
  readonly sequenceNumber: string;
}

export interface StreamPage {
  readonly records: readonly StreamRecord[];
  /** How many records were read; those that change nothing are not given. */
  readonly count: number;
  /** After which the next page begins. */
  readonly end: StreamPosition;
}

export interface StreamReader {
  /** Reads what comes next; no records where there are none yet. */
  next(): Promise<StreamPage>;
}

/**
 * Reads a table's stream from after a position, or from its beginning.
 *
 * Shards are read one after another in the order in which the database names them: dynoxide has one, and DynamoDB Local opens a new one
 * only when it closes the last.
 *
 * @param streamArn what the records say of their source; the database calls its stream otherwise
 */
export function openStreamReader(
  endpoint: string,
  tableName: string,
  streamArn: string,
  position: StreamPosition | undefined,
): StreamReader {
  let last = position;
  let databaseArn: string | undefined;
  let iterator: { readonly shardId: string; readonly value: string } | undefined;

  async function open(): Promise<{ readonly shardId: string; readonly value: string }> {
    databaseArn ??= await databaseStreamOf(endpoint, tableName);
    if (last !== undefined) return openShard(databaseArn, last.shardId, last.sequenceNumber);
    const [first] = await shardsOf(databaseArn);
    if (first === undefined) throw new Error(`The stream of ${tableName} has no shard`);
    return openShard(databaseArn, first);
  }

  async function openShard(StreamArn: string, shardId: string, after = '') {
    const start =
      after === ''
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
    const reply = await callStreams(endpoint, 'GetShardIterator', { StreamArn, ShardId: shardId, ...start });
    return { shardId, value: shardIterator.parse(reply).ShardIterator };
  }

  async function shardsOf(StreamArn: string): Promise<string[]> {
    const { Shards } = description.parse(
      await callStreams(endpoint, 'DescribeStream', { StreamArn }),
    ).StreamDescription;
    return Shards.map(({ ShardId }) => ShardId);
  }

  async function following(shardId: string): Promise<typeof iterator> {
    if (databaseArn === undefined) return undefined;
    const shards = await shardsOf(databaseArn);
    const next = shards[shards.indexOf(shardId) + 1];
    return next === undefined ? undefined : openShard(databaseArn, next);
  }

  return {
    next: async () => {
      try {
        const { shardId, value } = iterator ?? (await open());
        const { Records, NextShardIterator } = page.parse(
          await callStreams(endpoint, 'GetRecords', { ShardIterator: value, Limit: 1000 }),
        );
        const lastOfShard = last?.shardId === shardId ? last.sequenceNumber : '';
        const end = { shardId, sequenceNumber: Records.at(-1)?.dynamodb.SequenceNumber ?? lastOfShard };
        last = end;
        iterator = NextShardIterator ? { shardId, value: NextShardIterator } : await following(shardId);
        const records = Records.filter(changesSomething).map((record) => ({
          ...record,
          awsRegion: region,
          eventSourceARN: streamArn,
        }));
        return { records, count: Records.length, end };
      } catch (error) {
        iterator = undefined; // it may have expired; the next read opens another after the last record
        throw error;
      }
    },
  };
}

/** The ARN that the database has for a table's stream. */
export async function databaseStreamOf(endpoint: string, tableName: string): Promise<string> {
  const { Streams } = streams.parse(await callStreams(endpoint, 'ListStreams', { TableName: tableName }));
  if (Streams[0] === undefined) throw new Error(`The table ${tableName} has no stream`);
  return Streams[0].StreamArn;
}

/** A write that changes nothing makes a record here, and none on AWS. */
function changesSomething({ eventName, dynamodb: { OldImage, NewImage } }: z.infer<typeof change>): boolean {
  return eventName !== 'MODIFY' || OldImage === undefined || !isDeepStrictEqual(OldImage, NewImage);
}

async function callStreams(endpoint: string, action: string, input: object): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      // Whether the signature is right the database does not check, but it wants one.
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20260101T000000Z',
      'x-amz-target': `DynamoDBStreams_20120810.${action}`,
    },
    body: JSON.stringify(input),
  });
  if (response.ok) return response.json();
  throw new Error(`${action} of the stream failed: ${await response.text()}`);
}
