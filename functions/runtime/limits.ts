import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { Refusal } from './refusal.ts';
import { epochSeconds } from './row.ts';
import { getRow, type Key, type Table } from './table.ts';

/** How often something may be done by one of those who do it. */
export interface Limit {
  /** What is counted, as `mails` or `room`. */
  readonly what: string;
  /** Whose doing it is: an id or a network address. */
  readonly who: string;
  /** Windows follow one another from the epoch on: a day's begins at midnight UTC. */
  readonly windowSeconds: number;
  readonly most: number;
  /** The stable code of its refusal. Default `limited`. */
  readonly code?: string;
}

/** So much, to be counted in the same transaction as what it is counted for. */
export interface Count {
  readonly limit: Limit;
  readonly amount: number;
  /** What the call is answered with where that were too many. */
  readonly refusal: Refusal;
}

/**
 * Looks whether one more would be within the limit, and counts nothing.
 *
 * @throws Refusal `limited` (or the limit's own code), with the seconds until the next window
 */
export async function requireWithin(table: Table, limit: Limit, now: Date): Promise<void> {
  const row = await getRow(table, keyOf(limit, now));
  if (row && z.parse(countSchema, row).count >= limit.most) throw limited(limit, now);
}

/**
 * Counts one more within the window that `now` lies in; what is refused is not counted.
 *
 * @throws Refusal `limited` (or the limit's own code), with the seconds until the next window
 */
export async function countWithin(table: Table, limit: Limit, now: Date): Promise<void> {
  try {
    await table.documents.send(new UpdateCommand(counting(table, limit, 1, now)));
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw limited(limit, now, error);
    throw error;
  }
}

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

/** Seconds until the window that `now` lies in ends. */
export function secondsLeft(limit: Pick<Limit, 'windowSeconds'>, now: Date): number {
  return windowEnd(limit, now) - epochSeconds(now);
}

const countSchema = z.object({ count: z.number() });

function keyOf({ what, who, windowSeconds }: Limit, now: Date): Key {
  const key = `LIMIT#${what}#${who}#${Math.floor(epochSeconds(now) / windowSeconds)}`;
  return { pk: key, sk: key };
}

function windowEnd({ windowSeconds }: Pick<Limit, 'windowSeconds'>, now: Date): number {
  return (Math.floor(epochSeconds(now) / windowSeconds) + 1) * windowSeconds;
}

function limited(limit: Limit, now: Date, cause?: unknown): Refusal {
  const retryAfterSeconds = secondsLeft(limit, now);
  const message = `That was too often; it can be tried again in ${retryAfterSeconds} seconds.`;
  return new Refusal('limited', limit.code ?? 'limited', message, { retryAfterSeconds, cause });
}
