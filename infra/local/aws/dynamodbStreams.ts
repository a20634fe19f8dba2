import * as z from 'zod';
import { arnOf } from '../assembly/place.ts';
import { databaseStreamOf } from '../mappings/streamReader.ts';
import type { AwsCall, Permission } from './awsCall.ts';

const ofStream = z.looseObject({ StreamArn: z.string() });

/** What is read of a stream by others than its mappings, and needs no more than that it is passed on. */
export const streamActions: ReadonlySet<string> = new Set(['GetRecords', 'GetShardIterator']);

/** An iterator does not say of which stream it is. */
export function streamPermissions({ action, input }: AwsCall): Permission[] {
  const resource = ofStream.safeParse(input).data?.StreamArn ?? arnOf('dynamodb', 'table/*/stream/*');
  return [{ action: `dynamodb:${action}`, resource }];
}

/** The same call with the name that the database itself has for the stream. */
export async function callOfDatabase(call: AwsCall, endpoint: string): Promise<AwsCall> {
  const input = ofStream.safeParse(call.input).data;
  if (input === undefined) return call;
  const tableName = /:table\/([^/]+)\/stream\//.exec(input.StreamArn)?.[1] ?? '';
  const StreamArn = await databaseStreamOf(endpoint, tableName);
  return { ...call, body: Buffer.from(JSON.stringify({ ...input, StreamArn })) };
}
