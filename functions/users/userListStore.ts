import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
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
      const entries = Items.map((item) => z.parse(entrySchema, item));
      return { ids: entries.map(({ userId }) => userId), next: LastEvaluatedKey && entries.at(-1)?.sk };
    },
  };
}
