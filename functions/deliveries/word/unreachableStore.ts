import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionHeld, type Table } from '../../runtime/table.ts';

const sortKey = 'UNREACHABLE';

/** Keeps that somebody of a meeting cannot be reached, once for each meeting. */
export function unreachableStore(table: Table) {
  return {
    /** `expiresAt` is in epoch seconds. */
    async note(meetingId: string, now: Date, expiresAt: number): Promise<void> {
      const Item = { pk: `MEETING#${meetingId}`, sk: sortKey, since: now.toISOString(), expiresAt };
      const isFirst = { ConditionExpression: 'attribute_not_exists(pk)' };
      await conditionHeld(table.documents.send(new PutCommand({ TableName: table.name, Item, ...isFirst })));
    },
  };
}

export type UnreachableStore = ReturnType<typeof unreachableStore>;

/** Whether a row is one of this store. */
export function isUnreachableMark(sk: string): boolean {
  return sk === sortKey;
}
