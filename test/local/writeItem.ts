import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../infra/local/database.ts';
import { databaseClient, ensureTable } from '../../infra/local/databaseTable.ts';
import { onePartitionKey } from './onePartitionKey.ts';

const [directory = ''] = process.argv.slice(2);

/** Starts a database in a process of its own, for a test to kill: `node writeItem.ts <folder>` writes an item, and where it is. */
const { endpoint } = await startDatabase({ directory });
await ensureTable(endpoint, onePartitionKey);
await databaseClient(endpoint).send(new PutItemCommand({ TableName: 'meetings', Item: { pk: { S: 'MEETING#1' } } }));
console.log(JSON.stringify({ endpoint }));
setInterval(() => {}, 1000);
