import { region } from '../assembly/place.ts';
import type { LocalFunction } from '../functions/functionPool.ts';
import { md5Of, type Queue, type QueueMessage } from '../queues/queue.ts';
import { createSignal } from '../signal.ts';
import { failedItems } from './batchResponse.ts';
import type { MappingDefinition } from './mappingDefinition.ts';
import type { Poller } from './poller.ts';

const defaultConcurrency = 5;
const receiveWaitMs = 20_000;
const pauseMs = 5_000;
const refusedWaitMs = 1_000;
const needed = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

export interface QueuePollerOptions {
  readonly mapping: MappingDefinition;
  readonly queue: Queue;
  readonly target: LocalFunction;
  /** Says whether the function's role lets its mapping do that with the queue. */
  readonly mayDo: (action: string) => boolean;
  readonly onError: (error: unknown) => void;
}

/** Polls a queue for a function: as many batches at once as the mapping allows, and what did not fail is deleted. */
export function startQueuePoller({ mapping, queue, target, mayDo, onError }: QueuePollerOptions): Poller {
  let stopped = false;
  const end = createSignal();
  const concurrency = mapping.maximumConcurrency ?? defaultConcurrency;
  const lanes = Array.from({ length: concurrency }, runLane);

  async function runLane(): Promise<void> {
    while (!stopped) {
      try {
        if (needed.every(mayDo)) await process(await gather());
        else await end.wait(refusedWaitMs);
      } catch (error) {
        onError(error);
        await end.wait(pauseMs);
      }
    }
  }

  /** Takes what is there; with a batching window, waits for the batch to fill. */
  async function gather(): Promise<QueueMessage[]> {
    const batch: QueueMessage[] = receiveWanted(mapping.batchSize);
    if (batch.length === 0) {
      await queue.waitForMessage(receiveWaitMs);
      if (!stopped && needed.every(mayDo)) batch.push(...receiveWanted(mapping.batchSize));
    }
    const deadline = Date.now() + mapping.batchingWindowMs;
    while (batch.length > 0 && batch.length < mapping.batchSize && !stopped) {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) break;
      await queue.waitForMessage(leftMs);
      if (!stopped) batch.push(...receiveWanted(mapping.batchSize - batch.length));
    }
    return batch;
  }

  /** What the filter does not want is deleted, as Lambda does with a queue. */
  function receiveWanted(maximum: number): QueueMessage[] {
    const wanted: QueueMessage[] = [];
    for (const message of queue.receive(maximum)) {
      if (mapping.filter(filteredOf(message))) wanted.push(message);
      else queue.delete(message.receipt ?? '');
    }
    return wanted;
  }

  async function process(batch: readonly QueueMessage[]): Promise<void> {
    if (batch.length === 0 || stopped) return;
    const outcome = await target.invoke({ Records: batch.map((message) => recordOf(message, queue.definition.arn)) });
    if (stopped) return; // what was not deleted comes again, as after a crash
    const failed = failedItems(
      outcome,
      mapping.reportsFailures,
      batch.map(({ id }) => id),
    );
    if (failed === 'all') return;
    for (const { id, receipt } of batch) if (!failed.has(id)) queue.delete(receipt ?? '');
  }

  return {
    nudge: () => {},
    isIdle: () => queue.messages().length === 0,
    stop: async () => {
      stopped = true;
      end.raise();
      queue.wake();
      await Promise.all(lanes);
    },
  };
}

/** A filter sees a body that is JSON as what it says. */
function filteredOf(message: QueueMessage): unknown {
  try {
    return { ...message, body: JSON.parse(message.body) };
  } catch {
    return message;
  }
}

function recordOf(message: QueueMessage, eventSourceARN: string): Record<string, unknown> {
  const attributes = Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    {
      dataType: DataType,
      stringValue: StringValue,
      binaryValue: BinaryValue,
      stringListValues: [],
      binaryListValues: [],
    },
  ]);
  return {
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: message.senderId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
      ...(message.group === undefined ? {} : { MessageGroupId: message.group }),
    },
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: md5Of(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: region,
  };
}
