import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from 'vitest';
import { openStack } from '../../../infra/local/assembly/stack.ts';
import { sqsService } from '../../../infra/local/aws/sqs.ts';
import { openQueues, type Queues } from '../../../infra/local/queues/queues.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';
import { type AddressTrial, startAddress } from './localAddress.ts';

const QueueUrl = 'http://127.0.0.1:1/000000000000/Work';

const ofDead = { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:000000000000:Dead', maxReceiveCount: 3 };

let queues: Queues;
let address: AddressTrial;
let client: SQSClient;

beforeEach(async () => {
  queues = openQueues(
    stackOf({ Work: { RedrivePolicy: ofDead }, Short: { MaximumMessageSize: 1_024 }, Dead: {} }),
    temporaryDirectory(),
  );
  address = await startAddress({ sqs: sqsService(queues) });
  client = new SQSClient(address.client);
});

describe('SendMessage', () => {
  test('puts a message into the queue, which the client finds unharmed', async () => {
    const MessageAttributes = {
      Kind: { DataType: 'String', StringValue: 'invite' },
      Count: { DataType: 'Number', StringValue: '3' },
      Key: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 3]) },
    };

    const { MessageId } = await client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'à bientôt', MessageAttributes }),
    );

    const [message] = queues.byUrl(QueueUrl)?.messages() ?? [];
    expect(message).toMatchObject({ id: MessageId, body: 'à bientôt', senderId: 'Tester', receiveCount: 0 });
    expect(message?.attributes.Key).toEqual({ DataType: 'Binary', BinaryValue: 'AQID' });
    expect(address.permissions).toEqual([
      { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:000000000000:Work' },
    ]);
  });

  test('keeps the group that a message is of', async () => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'work', MessageGroupId: 'alice' }));

    expect(queues.byUrl(QueueUrl)?.receive(1)).toMatchObject([{ body: 'work', group: 'alice' }]);
  });

  test('delays a message', async () => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }));

    expect(queues.byUrl(QueueUrl)?.receive(1)).toEqual([]);
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesDelayed: '1' });
  });

  test.each([
    [{ MessageBody: 'of nobody', MessageGroupId: 'ü' }, 'MessageGroupId can only include alphanumeric and punctuation'],
    [{ MessageBody: 'of nobody', MessageGroupId: 'x'.repeat(129) }, '1 to 128 in length'],
    [{ MessageBody: 'later', DelaySeconds: 901 }, 'DelaySeconds must be >= 0 and <= 900'],
    [{ MessageBody: 'x'.repeat(1_048_577) }, 'Message must be shorter than 1048576 bytes'],
    [{ MessageBody: 'bell \u0007' }, 'Invalid characters found'],
    [{ MessageBody: '' }, 'MessageBody'],
    [{ MessageBody: 'x'.repeat(1_025), QueueUrl: QueueUrl.replace('Work', 'Short') }, 'shorter than 1024 bytes'],
  ])('refuses %.60j', async (input, reason) => {
    await expect(client.send(new SendMessageCommand({ QueueUrl, ...input }))).rejects.toThrow(reason);
  });

  test('knows no queue that the template does not have', async () => {
    const send = client.send(new SendMessageCommand({ QueueUrl: `${QueueUrl}er`, MessageBody: 'lost' }));

    await expect(send).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});

describe('SendMessageBatch', () => {
  test('fails only the entries that are wrong', async () => {
    const Entries = [
      { Id: 'good', MessageBody: 'hello' },
      { Id: 'late', MessageBody: 'hello', DelaySeconds: 1_000 },
    ];

    const { Successful, Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

    expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(Failed).toMatchObject([{ Id: 'late', Code: 'InvalidParameterValue', SenderFault: true }]);
    expect(address.permissions).toEqual([
      { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:000000000000:Work' },
    ]);
  });

  test.each([
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, n) => ({ Id: `${n}`, MessageBody: 'x' }))],
    ['BatchEntryIdsNotDistinct', [1, 2].map(() => ({ Id: 'same', MessageBody: 'x' }))],
    ['InvalidBatchEntryId', [{ Id: 'a b', MessageBody: 'x' }]],
    ['EmptyBatchRequest', []],
    ['BatchRequestTooLong', [1, 2].map((n) => ({ Id: `${n}`, MessageBody: 'x'.repeat(600_000) }))],
  ])('refuses %s as a whole', async (name, Entries) => {
    await expect(client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({ name });
    expect(queues.byUrl(QueueUrl)?.messages()).toEqual([]);
  });
});

describe('what is in flight', () => {
  test('can be deleted, and be made visible again', async () => {
    const queue = queues.byUrl(QueueUrl);
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    const [received] = queue?.receive(1) ?? [];
    const ReceiptHandle = received?.receipt ?? '';

    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    await expect(
      client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })),
    ).rejects.toMatchObject({ name: 'MessageNotInflight' });
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

    expect(queue?.messages()).toEqual([]);
  });
});

describe('ReceiveMessage', () => {
  test('hands messages over unharmed, and hides them for as long as it is told', async () => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'à bientôt' }));
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 });

    const { Messages } = await client.send(receive);

    expect(Messages).toMatchObject([{ Body: 'à bientôt', ReceiptHandle: expect.any(String) }]);
    expect((await client.send(receive)).Messages).toEqual([]);
    const [kept] = queues.byUrl(QueueUrl)?.messages() ?? [];
    expect((kept?.visibleAt ?? 0) - (kept?.firstReceivedAt ?? 0)).toBe(600_000);
  });
});

describe('StartMessageMoveTask', () => {
  const arnOf = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;

  test('moves what a dead-letter queue holds back to its source, as new messages of the same groups', async () => {
    const dead = queues.byArn(arnOf('Dead'));
    const { id } = dead?.send({ body: 'one', attributes: {}, senderId: 'Tester', group: 'alice' }) ?? {};

    await client.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('Dead') }));

    expect(dead?.messages()).toEqual([]);
    const [moved] = queues.byUrl(QueueUrl)?.messages() ?? [];
    expect(moved).toMatchObject({ body: 'one', group: 'alice', receiveCount: 0 });
    expect(moved?.id).not.toBe(id);
    const { Results } = await client.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('Dead') }));
    expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  });

  test('is refused for a queue that is no other queue’s dead-letter queue', async () => {
    const start = client.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('Short') }));

    await expect(start).rejects.toThrow('Source queue must be configured as a Dead Letter Queue.');
  });
});

describe('a queue', () => {
  test('is found by its name', async () => {
    expect(await client.send(new GetQueueUrlCommand({ QueueName: 'Work' }))).toMatchObject({ QueueUrl });
  });

  test('that is first in, first out is not served, and named', () => {
    expect(() => openQueues(stackOf({ Orders: { FifoQueue: true } }), temporaryDirectory())).toThrow(
      /Orders \(AWS::SQS::Queue\)[\s\S]*FifoQueue/,
    );
  });
});

function stackOf(queuesByName: Record<string, Record<string, unknown>>) {
  const Resources = Object.fromEntries(
    Object.entries(queuesByName).map(([name, Properties]) => [name, { Type: 'AWS::SQS::Queue', Properties }]),
  );
  const template = { Parameters: {}, Mappings: {}, Conditions: {}, Outputs: {}, Resources };
  const addresses = { aws: 'http://127.0.0.1:1', http: 'http://127.0.0.1:2', socket: 'ws://127.0.0.1:3' };
  return openStack({ stackName: 'Test', template, assetDirectory: (hash) => hash }, addresses);
}
