import { randomUUID } from 'node:crypto';
import { startDatabase } from '../../infra/local/database.ts';
import { ensureTable } from '../../infra/local/databaseTable.ts';

export interface StoreTable {
  readonly endpoint: string;
  readonly tableName: string;
  stop(): Promise<void>;
}

/**
 * Starts a DynamoDB in memory with one empty table keyed by `pk` and `sk`, for the test of a store. Where
 * `STORE_ENDPOINT` names another engine, the table is made there, under a name of its own.
 */
export async function startStoreTable(): Promise<StoreTable> {
  const other = process.env.STORE_ENDPOINT;
  const tableName = other === undefined ? 'meetings' : `meetings-${randomUUID()}`;
  const database = other === undefined ? await startDatabase() : { endpoint: other, stop: async () => {} };
  await ensureTable(database.endpoint, {
    TableName: tableName,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
  return { endpoint: database.endpoint, tableName, stop: database.stop };
}
