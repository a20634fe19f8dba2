import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { TableAction } from '../../functions/runtime/route.ts';

/** Grants just these actions on the table; a transaction needs the action of each of its items. */
export function grantTable(table: Table, grantee: IGrantable, actions: readonly TableAction[]): void {
  table.grant(grantee, ...actions.map((action) => `dynamodb:${action}`));
}

export type QueueAction =
  | 'SendMessage'
  | 'ReceiveMessage'
  | 'DeleteMessage'
  | 'GetQueueAttributes'
  | 'ChangeMessageVisibility';

/** Grants just these actions on a queue: `grantSendMessages` and `grantConsumeMessages` add some that nothing here calls. */
export function grantQueue(queue: Queue, grantee: IGrantable, actions: readonly QueueAction[]): void {
  queue.grant(grantee, ...actions.map((action) => `sqs:${action}`));
}

/** What a door needs to know its caller: their entry, and what leads to it, is read, written and taken away. */
export const admission: readonly TableAction[] = ['GetItem', 'PutItem', 'DeleteItem'];
