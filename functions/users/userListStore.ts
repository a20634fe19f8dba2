import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { errorOf, log } from '../runtime/log.ts';
import { parseRows } from '../runtime/row.ts';
import type { Table } from '../runtime/table.ts';
import type { UserListPage } from './userListQuery.ts';
import { directoryPartition } from './userRows.ts';

const entrySchema = z.object({ sk: z.string(), userId: z.string() });

/** Lists users by the entries that are written with them. */
export function userListStore({ name, documents }: Table) {
  return {
    /** The ids of one page; `next` is where it ended, undefined where nothing follows. */
    async page({ prefix, after, limit }: UserListPage): Promise<{ ids: string[]; next: string | undefined }> {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': directoryPartition, ':prefix': prefix },
          Limit: limit,
          ConsistentRead: true,
          ...(after === undefined ? {} : { ExclusiveStartKey: { pk: directoryPartition, sk: after } }),
        }),
      );
      const { read, unreadable } = parseRows(entrySchema, Items);
      for (const fault of unreadable) log.error('User left out', { error: errorOf(fault) });
      return { ids: read.map(({ userId }) => userId), next: LastEvaluatedKey && String(LastEvaluatedKey.sk) };
    },
  };
}
