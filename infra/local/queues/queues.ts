import { join } from 'node:path';
import * as z from 'zod';
import { readProperties } from '../assembly/properties.ts';
import type { Resource, Stack } from '../assembly/stack.ts';
import { openQueue, type Queue, type QueueDefinition } from './queue.ts';

const queueProperties = z.object({
  DelaySeconds: z.coerce.number().default(0),
  FifoQueue: z.literal(false).optional(),
  MaximumMessageSize: z.coerce.number().default(1_048_576),
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
  VisibilityTimeout: z.coerce.number().default(30),
});

export interface Queues {
  readonly all: readonly Queue[];
  byArn(arn: string): Queue | undefined;
  byUrl(url: string): Queue | undefined;
  close(): void;
}

/**
 * Opens every queue of the stack.
 *
 * @throws where one has properties that the local run does not serve, as `FifoQueue`
 */
export function openQueues(stack: Stack, directory: string): Queues {
  const byArn = new Map<string, Queue>();
  for (const resource of stack.ofType('AWS::SQS::Queue')) {
    const definition = readQueue(resource);
    const journalPath = join(directory, `${definition.name}.jsonl`);
    byArn.set(
      definition.arn,
      openQueue(definition, journalPath, (arn, given) => byArn.get(arn)?.accept(given)),
    );
  }
  const all = [...byArn.values()];
  return {
    all,
    byArn: (arn) => byArn.get(arn),
    byUrl: (url) => all.find(({ definition }) => definition.url === url),
    close: () => {
      for (const queue of all) queue.close();
    },
  };
}

function readQueue(resource: Resource): QueueDefinition {
  const { name, ref, attributes } = resource;
  const given = readProperties(queueProperties, resource);
  const redrive = given.RedrivePolicy;
  return {
    name,
    arn: attributes.Arn ?? '',
    url: ref,
    delaySeconds: given.DelaySeconds,
    maximumMessageBytes: given.MaximumMessageSize,
    retentionSeconds: given.MessageRetentionPeriod,
    visibilityTimeoutSeconds: given.VisibilityTimeout,
    redrive: redrive && { deadLetterArn: redrive.deadLetterTargetArn, maxReceiveCount: redrive.maxReceiveCount },
  };
}
