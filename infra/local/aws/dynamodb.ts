import { Agent, request } from 'node:http';
import { arnOf } from '../assembly/place.ts';
import { readBody } from '../httpServer.ts';
import type { AwsCall, AwsReply, AwsService } from './awsCall.ts';
import { meterCall } from './consumedCapacity.ts';
import { dynamodbPermissions, type PartitionKeyOf } from './dynamodbPermissions.ts';
import { callOfDatabase, streamActions, streamPermissions } from './dynamodbStreams.ts';
import { jsonProtocol } from './jsonProtocol.ts';

const replyLimitBytes = 32 * 1024 * 1024;
const reading = new Set([
  'BatchGetItem',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'Query',
  'Scan',
  'TransactGetItems',
]);

export interface DynamodbOptions {
  /** Of the database. */
  readonly endpoint: string;
  readonly partitionKeyOf: PartitionKeyOf;
  /** Told after each call that may have written. */
  readonly onWrite: () => void;
  /** Told the capacity units of each call that succeeded; absent: the database is not asked for them. */
  readonly onConsumed?: ((call: AwsCall, units: number) => void) | undefined;
}

/** Hands every call on to the database, once it is known that the caller may make it. */
export function dynamodbService({ endpoint, partitionKeyOf, onWrite, onConsumed }: DynamodbOptions): AwsService {
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  const agent = new Agent({ keepAlive: true });
  async function forwardMetered(call: AwsCall): Promise<AwsReply> {
    const metered = onConsumed && meterCall(call);
    if (!metered) return forward(call, endpoint, agent);
    const { units, reply } = metered.read(await forward(metered.call, endpoint, agent));
    onConsumed(call, units);
    return reply;
  }
  return {
    protocol: jsonProtocol('1.0'),
    permissions: (call) =>
      streamActions.has(call.action) ? streamPermissions(call) : dynamodbPermissions(call, partitionKeyOf),
    perform: async (call) => {
      if (streamActions.has(call.action)) return forward(await callOfDatabase(call, endpoint), endpoint, agent);
      const reply = await forwardMetered(call);
      if (!reading.has(call.action)) onWrite();
      return call.action === 'DescribeTable' ? { ...reply, headers, body: inThisRegion(reply.body) } : reply;
    },
  };
}

/** The database has a region of its own, which only a table's description tells of. */
function inThisRegion(body: AwsReply['body']): string {
  return body.toString().replace(/arn:aws:dynamodb:[\w-]*:\d{12}:/g, arnOf('dynamodb', ''));
}

function forward({ body, headers, requestId }: AwsCall, endpoint: string, agent: Agent): Promise<AwsReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(endpoint, {
      agent,
      method: 'POST',
      headers: {
        authorization: headers.authorization,
        'content-length': body.length,
        'content-type': headers['content-type'],
        'x-amz-date': headers['x-amz-date'],
        'x-amz-target': headers['x-amz-target'],
      },
    });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      const crc32 = incoming.headers['x-amz-crc32'];
      const reply = (bytes: Buffer): AwsReply => ({
        status: incoming.statusCode ?? 500,
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amzn-requestid': requestId,
          ...(typeof crc32 === 'string' && { 'x-amz-crc32': crc32 }),
        },
        body: bytes,
      });
      readBody(incoming, replyLimitBytes).then((bytes) => resolve(reply(bytes)), reject);
    });
    outgoing.end(body);
  });
}
