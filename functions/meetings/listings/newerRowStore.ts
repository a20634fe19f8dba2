import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../../runtime/inParallel.ts';
import { conditionHeld, type Key, type Row, type Table } from '../../runtime/table.ts';

/** Rows that follow from something at a revision, and which of them go for good. */
export interface NewerRows {
  readonly revision: number;
  readonly rows: readonly (Row & Key)[];
  readonly erased: readonly Key[];
}

const writesAtOnce = 25;

const isOlder = 'attribute_not_exists(revision) OR revision < :revision';

/**
 * Writes rows over none but such of a lower `revision`, and takes others out that are of a lower one: what comes late
 * changes nothing. A mark (`gone`) of the same one gives way to a row: whoever was taken off as a user may have verified
 * an address that takes part.
 *
 * Each is a call of its own: BatchWriteItem takes no conditions, and a transaction costs twice the write units
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html, "Capacity management").
 */
export async function writeNewer({ name, documents }: Table, { revision, rows, erased }: NewerRows): Promise<void> {
  const values = { TableName: name, ExpressionAttributeValues: { ':revision': revision } };
  const older = { ...values, ConditionExpression: isOlder };
  const olderOrMark = {
    ...values,
    ConditionExpression: `${isOlder} OR (revision = :revision AND attribute_exists(gone))`,
  };
  const put = (Item: Row) => documents.send(new PutCommand({ ...(Item.gone ? older : olderOrMark), Item }));
  await inParallel(rows, writesAtOnce, (row) => conditionHeld(put(row)));
  await inParallel(erased, writesAtOnce, (key) =>
    conditionHeld(documents.send(new DeleteCommand({ ...older, Key: { ...key } }))),
  );
}
