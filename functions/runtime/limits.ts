import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Refusal } from './refusal.ts';
import { epochSeconds } from './row.ts';
import type { Table } from './table.ts';

/** How often something may be done by one of those who do it. */
export interface Limit {
  /** What is counted, as `mails` or `room`. */
  readonly what: string;
  /** Whose doing it is: an id or a network address. */
  readonly who: string;
  /** Windows follow one another from the epoch on: a day's begins at midnight UTC. */
  readonly windowSeconds: number;
  readonly most: number;
}

/**
 * Counts one more within the window that `now` lies in; what is refused is not counted.
 *
 * @throws Refusal `limited`, with the seconds until the next window
 */
export async function countWithin(table: Table, limit: Limit, now: Date): Promise<void> {
  const { what, who, windowSeconds, most } = limit;
  const window = Math.floor(epochSeconds(now) / windowSeconds);
  const nextWindow = (window + 1) * windowSeconds;
  const key = `LIMIT#${what}#${who}#${window}`;
  const count = new UpdateCommand({
    TableName: table.name,
    Key: { pk: key, sk: key },
    UpdateExpression: 'ADD #count :one SET expiresAt = :nextWindow',
    ConditionExpression: 'attribute_not_exists(#count) OR #count < :most',
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: { ':one': 1, ':most': most, ':nextWindow': nextWindow },
  });
  try {
    await table.documents.send(count);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw limited(nextWindow - epochSeconds(now), error);
    throw error;
  }
}

function limited(retryAfterSeconds: number, cause: unknown): Refusal {
  const message = `That was too often; it can be tried again in ${retryAfterSeconds} seconds.`;
  return new Refusal('limited', 'limited', message, { retryAfterSeconds, cause });
}
