import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { inParallel } from '../../runtime/inParallel.ts';
import { pause } from '../../runtime/repeat.ts';
import { failedConditions, type Key, type Row, type Table, transact } from '../../runtime/table.ts';

/** Rows that follow from something at a revision, and which of them go for good. */
export interface NewerRows {
  readonly revision: number;
  readonly rows: readonly (Row & Key)[];
  readonly erased: readonly Key[];
}

/** A transaction takes a hundred writes and 4 MB; these rows have some 10 KB at most. */
const writesAtOnce = 50;
const transactionsAtOnce = 4;

const isOlder = 'attribute_not_exists(revision) OR revision < :revision';

/** DynamoDB takes a while to scale; how often a transaction that it throttles is tried again. */
const mostThrottled = 10;

/**
 * Writes rows over none but such of a lower `revision`, and takes others out that are of a lower one: what comes late
 * changes nothing. A mark (`gone`) of the same one gives way to a row: whoever was taken off as a user may have verified
 * an address that takes part. Transactions, since BatchWriteItem takes no conditions and single writes cost a call each.
 */
export async function writeNewer(table: Table, { revision, rows, erased }: NewerRows): Promise<void> {
  const values = { TableName: table.name, ExpressionAttributeValues: { ':revision': revision } };
  const older = { ...values, ConditionExpression: isOlder };
  const olderOrMark = {
    ...values,
    ConditionExpression: `${isOlder} OR (revision = :revision AND attribute_exists(gone))`,
  };
  const writes = [
    ...rows.map((Item) => ({ Put: { ...(Item.gone ? older : olderOrMark), Item } })),
    ...erased.map((key) => ({ Delete: { ...older, Key: { ...key } } })),
  ];
  const parts = Array.from({ length: Math.ceil(writes.length / writesAtOnce) }, (_, index) =>
    writes.slice(index * writesAtOnce, (index + 1) * writesAtOnce),
  );
  await inParallel(parts, transactionsAtOnce, (part) => writeThoseThatHold(table, part));
}

/** All whose conditions hold: one that does not cancels its whole transaction, which is made again without it. */
async function writeThoseThatHold(table: Table, writes: Parameters<typeof transact>[1]): Promise<void> {
  let pending = writes;
  for (let throttled = 0; pending.length > 0; ) {
    try {
      await transact(table, pending);
      return;
    } catch (error) {
      const overtaken = new Set(failedConditions(error));
      if (overtaken.size === 0) {
        throttled += 1;
        if (!isThrottled(error) || throttled === mostThrottled) throw error;
        await pause(throttled);
      }
      pending = pending.filter((_, index) => !overtaken.has(index));
    }
  }
}

/** The SDK repeats a call that was throttled, but not a transaction of which one write was. */
function isThrottled(error: unknown): boolean {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return reasons.some(({ Code }) => Code === 'ThrottlingError' || Code === 'ProvisionedThroughputExceeded');
}
