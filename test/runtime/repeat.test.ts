import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { repeatConflicts } from '../../functions/runtime/repeat.ts';

let requests = 0;
/** What the database answers, in order, before it does what it is asked for. */
let refusals: object[] = [];
let client: DynamoDBClient;

const server = createServer((_, response) => {
  requests += 1;
  const refusal = refusals.shift();
  response.writeHead(refusal ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(refusal ?? {}));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = repeatConflicts(new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials }));
});

beforeEach(() => {
  requests = 0;
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(() => {
  client.destroy();
  server.close();
});

const refusal = (name: string, more: object = {}) => ({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, ...more });
const cancelled = (...codes: string[]) =>
  refusal('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });
const Item = { pk: { S: 'a' }, sk: { S: 'b' } };
const put = () => client.send(new PutItemCommand({ TableName: 'Table', Item }));
const transact = () =>
  client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 'Table', Item } }] }));

test('a write that meets a transaction is made once that is over', async () => {
  refusals = [refusal('TransactionConflictException'), refusal('TransactionConflictException')];
  await put();
  expect(requests).toBe(3);
});

test('a transaction that meets another is made once that is over', async () => {
  refusals = [cancelled('TransactionConflict', 'None')];
  await transact();
  expect(requests).toBe(2);
});

test('what a condition refuses is not tried again', async () => {
  refusals = [refusal('ConditionalCheckFailedException')];
  await expect(put()).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  refusals = [cancelled('ConditionalCheckFailed', 'TransactionConflict')];
  await expect(transact()).rejects.toMatchObject({ name: 'TransactionCanceledException' });
  expect(requests).toBe(2);
});

test('a conflict that does not end is told', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  refusals = Array.from({ length: 20 }, () => refusal('TransactionConflictException'));
  await expect(put()).rejects.toMatchObject({ name: 'TransactionConflictException' });
  expect(requests).toBe(10);
});
