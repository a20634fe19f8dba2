import { request } from 'node:http';
import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { AwsRefusal } from '../../../infra/local/aws/awsCall.ts';
import { dynamodbService } from '../../../infra/local/aws/dynamodb.ts';
import { openPhones } from '../../../infra/local/aws/phones.ts';
import { snsService } from '../../../infra/local/aws/sns/sns.ts';
import { catchWaits } from '../../waits.ts';
import { startStoreTable } from '../storeTable.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';
import { startAddress } from './localAddress.ts';

const sms = new PublishCommand({ PhoneNumber: '+34600000001', Message: 'Hello' });

describe('startAwsAddress', () => {
  test('counts calls by function and action', async () => {
    const { client, calls } = await startSns();

    await client.send(sms);
    await client.send(sms);

    expect(calls.all()).toEqual([{ functionName: 'Tester', service: 'sns', action: 'Publish', count: 2 }]);
    expect(calls.count({ service: 'sns' })).toBe(2);
    expect(calls.count({ functionName: 'Other' })).toBe(0);
  });

  test('carries nothing out that is not allowed', async () => {
    const { client, phones } = await startSns(() => new AwsRefusal('AuthorizationError', 'no', 403));

    await expect(client.send(sms)).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    expect(phones.sms.all()).toEqual([]);
  });

  test('knows only its own keys', async () => {
    const { address } = await startSns();
    const client = new SNSClient({ ...address.client, credentials: { accessKeyId: 'Stranger', secretAccessKey: 'x' } });

    await expect(client.send(sms)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  test('refuses a service that it does not serve, by its name', async () => {
    const { address } = await startSns();
    const client = new DynamoDBClient(address.client);

    const put = client.send(new PutItemCommand({ TableName: 'meetings', Item: {} }));

    await expect(put).rejects.toThrow('The local run does not serve dynamodb');
    expect(address.errors).toHaveLength(1);
  });

  test('answers nobody who takes it for another host', async () => {
    const { address } = await startSns();

    const status = await new Promise((resolve) => {
      request(address.url, { headers: { host: 'evil.example' } }, (response) => resolve(response.statusCode)).end();
    });

    expect(status).toBe(503);
    expect((await fetch(address.url)).status).toBe(403);
  });
});

describe('faults', () => {
  test.each([
    ['throttle', { name: 'Throttling' }, 0],
    ['error500', { name: 'InternalFailure', $metadata: { httpStatusCode: 500 } }, 0],
    ['timeoutBefore', { code: 'ECONNRESET' }, 0],
    ['timeoutAfter', { code: 'ECONNRESET' }, 1],
    ['crashBefore', { code: 'ECONNRESET' }, 0],
    ['crashAfter', { code: 'ECONNRESET' }, 1],
  ] as const)('%s fails a call and leaves so many effects', async (kind, error, effects) => {
    const { client, phones, address } = await startSns();
    address.faults.order({ service: 'sns', action: 'Publish', kind, count: 1 });

    await expect(client.send(sms)).rejects.toMatchObject(error);
    expect(phones.sms.all()).toHaveLength(effects);
    expect(address.crashes).toEqual(kind.startsWith('crash') ? ['Tester-1'] : []);

    await client.send(sms);
    expect(phones.sms.all()).toHaveLength(effects + 1);
  });

  test('slow delays a call', async () => {
    const { client, address } = await startSns();
    address.faults.order({ service: 'sns', kind: 'slow', ms: 120 });
    const waits = catchWaits();

    await client.send(sms);

    expect(waits).toEqual([120]);
  });

  test('strike the share of calls that they are ordered for', async () => {
    const { client, address } = await startSns();
    address.faults.order({ service: 'sns', kind: 'throttle', share: 0.25 });

    const results = [];
    for (let call = 0; call < 8; call++)
      results.push(
        await client.send(sms).then(
          () => 'sent',
          () => 'failed',
        ),
      );

    expect(results.filter((result) => result === 'failed')).toHaveLength(2);
  });

  test('end when they are taken back', async () => {
    const { client, address } = await startSns();
    const takeBack = address.faults.order({ service: 'sns', kind: 'throttle' });
    await expect(client.send(sms)).rejects.toThrow();

    takeBack();

    await client.send(sms);
  });

  test('refuse for good in the words of the service', async () => {
    const { client, address, calls } = await startSns();
    address.faults.order({ service: 'sns', kind: 'denied', count: 1 });
    const before = calls.count({ service: 'sns' });

    await expect(client.send(sms)).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    expect(calls.count({ service: 'sns' }) - before, 'nobody tries that again').toBe(1);
    await client.send(sms);
  });

  test('make DynamoDB tell of a conflict between transactions', async () => {
    const table = await startStoreTable();
    const service = dynamodbService({ endpoint: table.endpoint, partitionKeyOf: () => 'pk', onWrite: () => {} });
    const address = await startAddress({ dynamodb: service });
    const client = new DynamoDBClient(address.client);
    const Put = { TableName: table.tableName, Item: { pk: { S: 'a' }, sk: { S: 'b' } } };
    address.faults.order({ service: 'dynamodb', kind: 'transactionConflict', count: 2 });

    await expect(
      client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }, { Put }] })),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
    });
    await expect(client.send(new PutItemCommand(Put))).rejects.toMatchObject({ name: 'TransactionConflictException' });
    await client.send(new PutItemCommand(Put));
    await table.stop();
  });
});

async function startSns(refuse?: () => AwsRefusal) {
  const phones = openPhones(temporaryDirectory());
  const address = await startAddress({ sns: snsService(phones) }, refuse);
  return { client: new SNSClient(address.client), calls: address.calls, phones, address };
}
