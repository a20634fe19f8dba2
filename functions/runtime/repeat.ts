import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';

/** Some 3 seconds in all: calls of one organizer, made at once, meet on the rows that count them. */
const conflictAttempts = 10;

/**
 * Has a client repeat what DynamoDB refuses because a transaction is under way with the same row, as the
 * SDK does not: it cancels one of two transactions that meet, and refuses a plain write.
 */
export function repeatConflicts(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next) => async (request) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await next(request);
        } catch (error) {
          if (!isConflict(error) || attempt === conflictAttempts) throw error;
          await pause(attempt);
        }
      }
    },
    { step: 'initialize', name: 'repeatConflicts' },
  );
  return client;
}

function isConflict(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  const codes = reasons.map((reason) => reason.Code ?? 'None').filter((code) => code !== 'None');
  return codes.length > 0 && codes.every((code) => code === 'TransactionConflict');
}

/**
 * Waits before another attempt, counted from 1: full jitter over a doubling ceiling (AWS Architecture Blog,
 * "Exponential Backoff And Jitter").
 */
export async function pause(attempt: number): Promise<void> {
  await sleep(Math.random() * Math.min(1_000, 25 * 2 ** attempt));
}
