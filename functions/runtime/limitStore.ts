import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Limit, limitRefusal, windowEnd, windowName } from './limit.ts';
import { getRow, type Key, type Table } from './table.ts';

/** Counts how often something is done. */
export function limitStore(table: Table) {
  return {
    /** Counts nothing. @throws Refusal 'limited', or the limit's own code, where one more would be too many */
    async require(limit: Limit, now: Date): Promise<void> {
      const row = await getRow(table, keyOf(limit, now));
      if (row && z.parse(countSchema, row).count >= limit.most) throw limitRefusal(limit, now);
    },

    /** Counts one more, unless it is refused. @throws Refusal 'limited', or the limit's own code, where that is too many */
    async count(limit: Limit, now: Date): Promise<void> {
      try {
        await table.documents.send(new UpdateCommand(counting(table, limit, 1, now)));
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) throw limitRefusal(limit, now, error);
        throw error;
      }
    },
  };
}

export type LimitStore = ReturnType<typeof limitStore>;

/**
 * The update that counts `amount` more, which is `most` at the most; its condition does not hold where
 * that were too many. It may be part of a transaction.
 */
export function counting({ name }: Table, limit: Limit, amount: number, now: Date) {
  return {
    TableName: name,
    Key: keyOf(limit, now),
    UpdateExpression: 'ADD #count :amount SET expiresAt = :end',
    ConditionExpression: 'attribute_not_exists(#count) OR #count <= :room',
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: { ':amount': amount, ':room': limit.most - amount, ':end': windowEnd(limit, now) },
  };
}

const countSchema = z.object({ count: z.number() });

function keyOf(limit: Limit, now: Date): Key {
  const key = `LIMIT#${windowName(limit, now)}`;
  return { pk: key, sk: key };
}
