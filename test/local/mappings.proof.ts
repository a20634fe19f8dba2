import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { tableClient } from './fixture/fixtureClients.ts';
import { type Fixture, type FixtureEvent, startFixture } from './fixture/startFixture.ts';

let directory: string;
let fixture: Fixture;
let client: DynamoDBClient;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mappings-'));
  fixture = await startFixture(directory);
  client = tableClient(fixture.service);
}, 60_000);

afterAll(async () => {
  await fixture.service.stop();
  rmSync(directory, { recursive: true });
});

describe('the mapping of a stream', () => {
  test('gives the function the records that its filter wants, as Lambda does', async () => {
    await put('OTHER#shape', '');
    await put('FOLLOW#shape', 'first');
    await put('FOLLOW#shape', 'second');
    await client.send(new DeleteItemCommand({ TableName: 'Items', Key: keyOf('FOLLOW#shape') }));

    const records = await recordsOf('Follow', 'FOLLOW#shape', 3);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(records[1]).toEqual({
      eventID: expect.any(String),
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      eventSourceARN: expect.stringMatching(/^arn:aws:dynamodb:eu-west-1:000000000000:table\/Items\/stream\//),
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: keyOf('FOLLOW#shape'),
        OldImage: { ...keyOf('FOLLOW#shape'), order: { S: 'first' } },
        NewImage: { ...keyOf('FOLLOW#shape'), order: { S: 'second' } },
        SequenceNumber: expect.stringMatching(/^\d+$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(JSON.stringify(fixture.events('Follow'))).not.toContain('OTHER#');
  });

  test('tells of no write that changes nothing', async () => {
    await put('FOLLOW#same', 'a');
    await put('FOLLOW#same', 'a');
    await put('FOLLOW#same', 'b');

    const records = await recordsOf('Follow', 'FOLLOW#same', 2);
    expect(records.map(({ dynamodb }) => dynamodb.NewImage.order.S)).toEqual(['a', 'b']);
  });

  test('tells that expiry, and not a caller, has removed an item', async () => {
    const expiresAt = { N: String(Math.floor(Date.now() / 1000) - 60) };
    await client.send(new PutItemCommand({ TableName: 'Items', Item: { ...keyOf('FOLLOW#old'), expiresAt } }));

    await fixture.service.sweepExpired();

    const records = await recordsOf('Follow', 'FOLLOW#old', 2);
    expect(records[1]).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    });
  });

  test('tries again from the record that failed', async () => {
    await put('FOLLOW#retry', 'fail-once-retry');

    expect(await recordsOf('Follow', 'FOLLOW#retry', 2)).toHaveLength(2);
    await put('FOLLOW#after', '');
    await recordsOf('Follow', 'FOLLOW#after', 1);
    expect(await recordsOf('Follow', 'FOLLOW#retry', 2)).toHaveLength(2);
  });

  test('halves a batch that throws, and sends what fails for good to the failure destination', async () => {
    fixture.service.faults.clear();
    await Promise.all([put('FOLLOW#poison', 'throw'), ...range(6).map((n) => put(`FOLLOW#well${n}`, ''))]);

    for (const n of range(6)) await recordsOf('Follow', `FOLLOW#well${n}`, 1);
    const [poison] = await recordsOf('Follow', 'FOLLOW#poison', 3);
    const failure = await failureOf(poison.dynamodb.SequenceNumber);
    expect(failure).toMatchObject({
      version: '1.0',
      requestContext: {
        condition: 'RetryAttemptsExhausted',
        functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:Follow',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, functionError: 'Unhandled' },
      DDBStreamBatchInfo: {
        batchSize: 1,
        startSequenceNumber: poison.dynamodb.SequenceNumber,
        endSequenceNumber: poison.dynamodb.SequenceNumber,
        streamArn: poison.eventSourceARN,
      },
    });
  });

  test('keeps the changes of a key in order, in whichever lane they are', async () => {
    await Promise.all(
      range(5).map(async (key) => {
        for (const step of range(8)) await put(`LANES#${key}`, `${step}`);
      }),
    );

    for (const key of range(5)) {
      const records = await recordsOf('FollowLanes', `LANES#${key}`, 8);
      expect(records.map(({ dynamodb }) => dynamodb.NewImage.order.S)).toEqual(range(8).map(String));
    }
    expect(fixture.events('FollowLanes').length).toBeLessThan(40);
  });
});

describe('the mapping of a queue', () => {
  test('gives the function the messages as Lambda does, and deletes them', async () => {
    const sent = send('hello', { Kind: { DataType: 'String', StringValue: 'greeting' } });

    const [record] = await messagesOf('hello', 1);
    expect(record).toEqual({
      messageId: sent?.id,
      receiptHandle: expect.any(String),
      body: 'hello',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(sent?.sentAt),
        SenderId: 'Tester',
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d+$/),
      },
      messageAttributes: {
        Kind: { dataType: 'String', stringValue: 'greeting', stringListValues: [], binaryListValues: [] },
      },
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:Work',
      awsRegion: 'eu-west-1',
    });
    await vi.waitFor(() => expect(fixture.service.messages('Work')).toEqual([]), 5_000);
  });

  test('gives at most a batch at a time', async () => {
    for (const n of range(12)) send(`bulk ${n}`);

    await vi.waitFor(() => expect(bodies().filter((body) => body.startsWith('bulk'))).toHaveLength(12), 10_000);
    const sizes = fixture.events('Worker').map(({ event }) => event.Records.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5);
  });

  test('gives again what failed, alone, and gives it up at last', async () => {
    for (const body of ['fail', 'fine 1', 'fine 2']) send(body);

    const records = await messagesOf('fail', 2);
    expect(records.map(({ attributes }) => attributes.ApproximateReceiveCount)).toEqual(['1', '2']);
    await vi.waitFor(() => expect(fixture.service.messages('Failures').map(({ body }) => body)).toContain('fail'), {
      timeout: 15_000,
      interval: 100,
    });
    expect(await messagesOf('fine 1', 1)).toHaveLength(1);
  }, 30_000);

  test('gives all of a batch again that threw', async () => {
    for (const body of ['throw-once-batch', 'beside']) send(body);

    await messagesOf('throw-once-batch', 2);
    await vi.waitFor(() => expect(fixture.service.messages('Work')).toEqual([]), 10_000);
  }, 30_000);
});

describe('waitUntilIdle', () => {
  test('waits until all that follows has been done, failures that are tried again included', async () => {
    await put('FOLLOW#settled', 'fail-once-settled');
    send('fail-once-settled-message');

    await fixture.service.waitUntilIdle();

    const count = (functionName: string, text: string) =>
      fixture.events(functionName).filter(({ event }) => JSON.stringify(event).includes(text)).length;
    expect(count('Follow', 'FOLLOW#settled')).toBe(2);
    expect(count('Worker', 'fail-once-settled-message')).toBe(2);
    expect(fixture.service.messages('Work')).toEqual([]);
  }, 30_000);

  test('says so where there is no end of it', async () => {
    send('later', {});
    await fixture.service.waitUntilIdle();
    const hanging = fixture.service.invoke('Direct', { do: 'wait' });

    await expect(fixture.service.waitUntilIdle(100)).rejects.toThrow('has not come to rest in 100 ms');

    await hanging;
    await fixture.service.waitUntilIdle(1_000);
  }, 30_000);
});

function put(pk: string, order: string) {
  return client.send(new PutItemCommand({ TableName: 'Items', Item: { ...keyOf(pk), order: { S: order } } }));
}

function keyOf(pk: string) {
  return { pk: { S: pk }, sk: { S: 'X' } };
}

function send(body: string, attributes: Record<string, { DataType: string; StringValue: string }> = {}) {
  return fixture.service.send('Work', body, attributes);
}

/** The records of a key that the function got, in the order in which it got them, once there are so many. */
async function recordsOf(functionName: string, pk: string, count: number): Promise<FixtureEvent[]> {
  const read = () =>
    fixture
      .events(functionName)
      .flatMap(({ event }) => event.Records)
      .filter(({ dynamodb }) => dynamodb.Keys.pk.S === pk);
  await vi.waitFor(() => expect(read().length).toBeGreaterThanOrEqual(count), { timeout: 15_000, interval: 50 });
  return read();
}

async function messagesOf(body: string, count: number): Promise<FixtureEvent[]> {
  const read = () =>
    fixture
      .events('Worker')
      .flatMap(({ event }) => event.Records)
      .filter((record) => record.body === body);
  await vi.waitFor(() => expect(read().length).toBeGreaterThanOrEqual(count), { timeout: 15_000, interval: 50 });
  return read();
}

function bodies(): string[] {
  return fixture.events('Worker').flatMap(({ event }) => event.Records.map((record: FixtureEvent) => record.body));
}

/** The message about the record, as it lies in the queue of failures. */
async function failureOf(sequenceNumber: string): Promise<FixtureEvent> {
  const read = () =>
    fixture.service.messages('Failures').find(({ body }) => body.includes(`"startSequenceNumber":"${sequenceNumber}"`));
  await vi.waitFor(() => expect(read()).toBeDefined(), { timeout: 15_000, interval: 50 });
  return JSON.parse(read()?.body ?? '');
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
