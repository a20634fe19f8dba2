import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dynamodbService } from '../../../infra/local/aws/dynamodb.ts';
import { type StoreTable, startStoreTable } from '../storeTable.ts';
import { type AddressTrial, startAddress } from './localAddress.ts';

const key = { pk: { S: 'MEETING#1' }, sk: { S: 'MEETING' } };
const leading = { 'dynamodb:LeadingKeys': ['MEETING#1'] };

let table: StoreTable;
let TableName: string;
let arn: string;
let address: AddressTrial;
let client: DynamoDBClient;
let writes: number;

beforeAll(async () => {
  table = await startStoreTable();
  TableName = table.tableName;
  arn = `arn:aws:dynamodb:eu-west-1:000000000000:table/${TableName}`;
});

afterAll(() => table.stop());

beforeEach(async () => {
  writes = 0;
  const onWrite = () => {
    writes += 1;
  };
  address = await startAddress({
    dynamodb: dynamodbService({ endpoint: table.endpoint, partitionKeyOf: () => 'pk', onWrite }),
  });
  client = new DynamoDBClient(address.client);
});

describe('dynamodbService', () => {
  test('hands calls on, and tells of those that may have written', async () => {
    await client.send(new PutItemCommand({ TableName, Item: { ...key, name: { S: 'Reunió' } } }));
    expect(writes).toBe(1);

    const { Item } = await client.send(new GetItemCommand({ TableName, Key: key }));

    expect(Item?.name).toEqual({ S: 'Reunió' });
    expect(writes).toBe(1);
    expect(address.permissions).toEqual([
      { action: 'dynamodb:PutItem', resource: arn, context: leading },
      { action: 'dynamodb:GetItem', resource: arn, context: leading },
    ]);
  });

  test('gives the refusals of the database as they are', async () => {
    const put = new PutItemCommand({ TableName, Item: key, ConditionExpression: 'attribute_not_exists(pk)' });
    await client.send(new PutItemCommand({ TableName, Item: key }));

    await expect(client.send(put)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  });

  test('needs for a transaction what each of its parts needs', async () => {
    const other = { pk: { S: 'USER#1' }, sk: { S: 'USER' } };
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: key } },
          { ConditionCheck: { TableName, Key: other, ConditionExpression: 'attribute_not_exists(pk)' } },
        ],
      }),
    );

    const enclosing = { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] };
    expect(address.permissions).toEqual([
      { action: 'dynamodb:PutItem', resource: arn, context: { ...leading, ...enclosing } },
      {
        action: 'dynamodb:ConditionCheckItem',
        resource: arn,
        context: { 'dynamodb:LeadingKeys': ['USER#1'], ...enclosing },
      },
    ]);
  });

  test('needs for a query its table, or its index, and knows its partition', async () => {
    const names = {
      ExpressionAttributeNames: { '#p': 'pk' },
      ExpressionAttributeValues: { ':p': key.pk, ':s': { S: 'M' } },
    };
    const KeyConditionExpression = 'begins_with(sk, :s) AND #p = :p';
    await client.send(new QueryCommand({ TableName, KeyConditionExpression, ...names }));
    await client
      .send(new QueryCommand({ TableName, IndexName: 'byDate', KeyConditionExpression, ...names }))
      .catch(() => {});

    expect(address.permissions).toEqual([
      { action: 'dynamodb:Query', resource: arn, context: leading },
      { action: 'dynamodb:Query', resource: `${arn}/index/byDate`, context: leading },
    ]);
  });

  test('needs for a batch its own action on each table', async () => {
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: key } }] } }));
    await client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [key] } } }));

    expect(address.permissions).toEqual([
      { action: 'dynamodb:BatchWriteItem', resource: arn, context: leading },
      { action: 'dynamodb:BatchGetItem', resource: arn, context: leading },
    ]);
  });

  test('describes the table as one of this region', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));

    expect(Table?.TableArn).toBe(arn);
    expect(Table?.LatestStreamArn?.startsWith(`${arn}/stream/`)).toBe(true);
  });

  test('serves no action that a function has no business with', async () => {
    await expect(client.send(new ListTablesCommand())).rejects.toThrow('does not serve dynamodb:ListTables');
  });
});

describe('a dynamodbService that is to tell what calls consume', () => {
  const consumed: [string, number][] = [];
  let client: DynamoDBClient;

  beforeEach(async () => {
    consumed.length = 0;
    const onConsumed = ({ action }: { action: string }, units: number) => consumed.push([action, units]);
    const service = { endpoint: table.endpoint, partitionKeyOf: () => 'pk', onWrite: () => {}, onConsumed };
    client = new DynamoDBClient((await startAddress({ dynamodb: dynamodbService(service) })).client);
  });

  const item = (id: string, bytes: number) => ({ pk: { S: id }, sk: { S: 'X' }, text: { S: 'x'.repeat(bytes) } });

  test('tells units as AWS documents them, and the caller nothing that they have not asked for', async () => {
    const put = await client.send(new PutItemCommand({ TableName, Item: item('a', 2_500) }));
    const got = await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'a' }, sk: { S: 'X' } } }));
    await client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: item('b', 2_500) } }] }),
    );
    await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'a' }, sk: { S: 'X' } }, ConsistentRead: true }));

    // A unit writes 1 KB, or half of it in a transaction; it reads 4 KB, or 8 where that need not be consistent.
    expect(consumed).toEqual([
      ['PutItem', 3],
      ['GetItem', 0.5],
      ['TransactWriteItems', 6],
      ['GetItem', 1],
    ]);
    expect([put.ConsumedCapacity, got.ConsumedCapacity, got.Item?.text?.S?.length]).toEqual([
      undefined,
      undefined,
      2_500,
    ]);
  });

  test('tells callers who ask as they asked', async () => {
    const put = new PutItemCommand({ TableName, Item: item('c', 10), ReturnConsumedCapacity: 'TOTAL' });

    expect((await client.send(put)).ConsumedCapacity).toMatchObject({ TableName, CapacityUnits: 1 });
    expect(consumed).toEqual([['PutItem', 1]]);
  });

  test('counts a condition that does not hold as the write that it was to be', async () => {
    const put = new PutItemCommand({ TableName, Item: item('c', 10), ConditionExpression: 'attribute_exists(gone)' });

    await expect(client.send(put)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(consumed).toEqual([['PutItem', 1]]);
  });
});
