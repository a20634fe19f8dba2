import * as z from 'zod';
import type { AwsCall, AwsReply } from './awsCall.ts';
import { readJson } from './jsonProtocol.ts';

/** The calls that tell what they consumed (Amazon DynamoDB API reference, `ReturnConsumedCapacity`). */
const metered = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'TransactGetItems',
  'TransactWriteItems',
  'UpdateItem',
]);

const input = z.looseObject({ ReturnConsumedCapacity: z.string().optional() });
const consumed = z.object({ CapacityUnits: z.number() });
const output = z.looseObject({ ConsumedCapacity: z.union([consumed, z.array(consumed)]).optional() });

const refusal = z.looseObject({ __type: z.string().optional() });

/** A call that asks what it consumes, and what reads the answer. */
export interface MeteredCall {
  readonly call: AwsCall;
  /** @returns the capacity units, 0 where nothing was consumed; and the reply as it would be to a caller who asked as they did */
  read(reply: AwsReply): { readonly units: number; readonly reply: AwsReply };
}

/** Has the database say what a call consumes, unseen by its caller; undefined for what consumes nothing. */
export function meterCall(call: AwsCall): MeteredCall | undefined {
  if (!metered.has(call.action)) return undefined;
  const given = input.parse(call.input);
  const asks = (given.ReturnConsumedCapacity ?? 'NONE') !== 'NONE';
  return {
    call: asks ? call : { ...call, body: Buffer.from(JSON.stringify({ ...given, ReturnConsumedCapacity: 'TOTAL' })) },
    read: (reply) => {
      if (reply.status !== 200) return { units: unitsOfRefusal(reply), reply };
      const { ConsumedCapacity, ...rest } = output.parse(readJson(Buffer.from(reply.body)));
      const units = [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
      return { units, reply: asks ? reply : withBody(reply, JSON.stringify(rest)) };
    },
  };
}

/**
 * A condition that does not hold is paid for as the write would have been; the database does not say how much, and one unit
 * is the least (Amazon DynamoDB developer guide, "Conditional writes").
 */
function unitsOfRefusal({ body }: AwsReply): number {
  const { __type } = refusal.parse(readJson(Buffer.from(body)));
  return __type?.endsWith('ConditionalCheckFailedException') ? 1 : 0;
}

/** Without the checksum, which was that of another body. */
function withBody({ status, headers }: AwsReply, body: string): AwsReply {
  const { 'x-amz-crc32': _, ...others } = headers;
  return { status, headers: others, body };
}
