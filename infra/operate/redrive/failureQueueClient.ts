import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';

/** A message that is held back from others while it is looked at. */
export interface HeldMessage {
  readonly receipt: string;
  /** Parsed; undefined where it is no JSON. */
  readonly body: unknown;
}

/** A move of all messages, which SQS is at or was. */
export interface Move {
  /** SQS's own word: `RUNNING`, `COMPLETED`, `FAILED` … */
  readonly status: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly moved: number;
  readonly reason: string | undefined;
}

/** Within which what was received has to be dealt with; after it, it is visible again. */
const holdSeconds = 600;

/** How many are looked at; the others stay for the next call. */
export const mostMessages = 1_000;
const perCall = 10;

/** What is done with one failure queue. */
export function failureQueueClient(sqs: SQSClient, QueueUrl: string) {
  const arn = async (): Promise<string> => {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    return Attributes?.QueueArn ?? '';
  };
  return {
    /** Takes what the queue holds, 1,000 messages at most, and holds it. */
    async hold(): Promise<HeldMessage[]> {
      const held: HeldMessage[] = [];
      while (held.length < mostMessages) {
        const { Messages = [] } = await sqs.send(
          // Waiting asks every server of the queue (Amazon SQS developer guide, "Amazon SQS short and long polling").
          new ReceiveMessageCommand({
            ...{ QueueUrl, MaxNumberOfMessages: perCall },
            ...{ VisibilityTimeout: holdSeconds, WaitTimeSeconds: 1 },
          }),
        );
        if (Messages.length === 0) break;
        for (const { ReceiptHandle = '', Body = '' } of Messages) {
          held.push({ receipt: ReceiptHandle, body: parse(Body) });
        }
      }
      return held;
    },
    /** Lets messages be seen again. */
    async release(messages: readonly HeldMessage[]): Promise<void> {
      for (let from = 0; from < messages.length; from += perCall) {
        const Entries = messages
          .slice(from, from + perCall)
          .map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt, VisibilityTimeout: 0 }));
        await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
      }
    },
    async delete({ receipt }: HeldMessage): Promise<void> {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt }));
    },
    /** Begins to move all messages back to the queue whose dead-letter queue this is; SQS does so by itself. */
    async startMove(): Promise<void> {
      await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: await arn() }));
    },
    /** How the latest such move stands; undefined where there was none. */
    async latestMove(): Promise<Move | undefined> {
      const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: await arn() }));
      const [latest] = Results ?? [];
      if (latest === undefined) return undefined;
      const { Status: status = '', StartedTimestamp: startedAt = 0, FailureReason: reason } = latest;
      return { status, startedAt, moved: latest.ApproximateNumberOfMessagesMoved ?? 0, reason };
    },
  };
}

export type FailureQueueClient = ReturnType<typeof failureQueueClient>;

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
