import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';

export type TableAction =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem'
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'Query';

/** Grants just these actions on the table; a transaction needs the action of each of its items. */
export function grantTable(table: Table, grantee: IGrantable, actions: readonly TableAction[]): void {
  table.grant(grantee, ...actions.map((action) => `dynamodb:${action}`));
}

/** What a door needs to know its caller: his entry, and what leads to it, is read, written and taken away. */
export const admission: readonly TableAction[] = ['GetItem', 'PutItem', 'DeleteItem'];
