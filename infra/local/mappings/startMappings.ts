import { join } from 'node:path';
import * as z from 'zod';
import type { Stack } from '../assembly/stack.ts';
import type { Functions } from '../functions/functions.ts';
import { openJournal } from '../journal.ts';
import type { Queues } from '../queues/queues.ts';
import { partitionKeyOf } from '../tables.ts';
import { type MappingDefinition, readMappings } from './mappingDefinition.ts';
import type { Poller } from './poller.ts';
import { startQueuePoller } from './queuePoller.ts';
import { startStreamPoller } from './streamPoller.ts';

export interface MappingsOptions {
  readonly stack: Stack;
  readonly functions: Functions;
  readonly queues: Queues;
  /** Of the database. */
  readonly endpoint: string;
  readonly directory: string;
  readonly longestStreamRetryMs: number;
  /** Says whether a function's role allows that to the mapping that polls for it. */
  readonly mayDo: (functionName: string, action: string, resource: string) => boolean;
  readonly onError: (error: unknown) => void;
}

const position = z.object({ shardId: z.string(), sequenceNumber: z.string() });

/** All event source mappings of a template. */
export interface Mappings extends Pick<Poller, 'nudge' | 'stop'> {
  /** Names those that have something to do, or may have since they were last nudged. */
  busy(): string[];
}

/** Starts the event source mappings of the template. @throws for a source or a function that is not of the template */
export function startMappings(options: MappingsOptions): Mappings {
  const positions = openJournal(join(options.directory, 'positions.jsonl'), position);
  const definitions = readMappings(options.stack);
  const pollers = definitions.map((mapping) => startMapping(mapping, options, positions));
  return {
    nudge: () => {
      for (const poller of pollers) poller.nudge();
    },
    busy: () => definitions.filter((_, index) => pollers[index]?.isIdle() === false).map(({ name }) => name),
    stop: async () => {
      await Promise.all(pollers.map((poller) => poller.stop()));
      positions.close();
    },
  };
}

function startMapping(
  mapping: MappingDefinition,
  { stack, functions, queues, endpoint, longestStreamRetryMs, mayDo, onError }: MappingsOptions,
  positions: ReturnType<typeof openJournal<z.infer<typeof position>>>,
): Poller {
  const target = functions.byArn(mapping.functionName) ?? functions.byName(mapping.functionName);
  if (target === undefined) throw new Error(`The mapping ${mapping.name} names no function of the template`);
  const { name } = target.definition;
  const queue = queues.byArn(mapping.sourceArn);
  if (queue !== undefined) {
    return startQueuePoller({
      mapping,
      queue,
      target,
      mayDo: (action) => mayDo(name, action, mapping.sourceArn),
      onError,
    });
  }
  const table = stack
    .ofType('AWS::DynamoDB::Table')
    .find(({ attributes }) => attributes.StreamArn === mapping.sourceArn);
  if (table === undefined) throw new Error(`The local run cannot poll ${mapping.sourceArn}`);
  return startStreamPoller({
    mapping,
    endpoint,
    tableName: table.name,
    partitionKey: partitionKeyOf(table),
    target,
    positions,
    longestRetryMs: longestStreamRetryMs,
    mayDo: (action) => mayDo(name, action, action === 'dynamodb:ListStreams' ? '*' : mapping.sourceArn),
    sendFailure: (destinationArn, body) => {
      const destination = queues.byArn(destinationArn);
      if (destination === undefined || !mayDo(name, 'sqs:SendMessage', destinationArn)) {
        onError(new Error(`The failure of ${name} cannot be sent to ${destinationArn}`));
      } else destination.send({ body, attributes: {}, senderId: name });
    },
    onError,
  });
}
