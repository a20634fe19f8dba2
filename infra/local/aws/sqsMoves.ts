import { randomUUID } from 'node:crypto';
import type { Queues } from '../queues/queues.ts';
import { AwsRefusal } from './awsCall.ts';

/** A task that moves what a dead-letter queue holds. */
interface MoveTask {
  readonly SourceArn: string;
  readonly Status: 'COMPLETED';
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  readonly StartedTimestamp: number;
}

/** The tasks that move messages back to where they came from; each is done at once. */
export function createMoveTasks(queues: Queues) {
  const tasks: MoveTask[] = [];
  return {
    /** @throws {AwsRefusal} where the queue is no queue's dead-letter queue: those of functions cannot be moved so */
    start(SourceArn: string): { TaskHandle: string } {
      const from = queues.byArn(SourceArn);
      if (from === undefined)
        throw new AwsRefusal(
          'ResourceNotFoundException',
          'The resource that you specified for the SourceArn parameter doesn’t exist.',
          404,
        );
      const to = queues.all.find(({ definition }) => definition.redrive?.deadLetterArn === SourceArn);
      if (to === undefined)
        throw new AwsRefusal('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
      const moved = from.receive(Number.POSITIVE_INFINITY);
      for (const { body, attributes, senderId, group, receipt = '' } of moved) {
        to.send({ body, attributes, senderId, ...(group === undefined ? {} : { group }) });
        from.delete(receipt);
      }
      const counts = {
        ApproximateNumberOfMessagesMoved: moved.length,
        ApproximateNumberOfMessagesToMove: moved.length,
      };
      tasks.unshift({ SourceArn, Status: 'COMPLETED', ...counts, StartedTimestamp: Date.now() });
      return { TaskHandle: randomUUID() };
    },
    /** The latest first, of which AWS tells ten at most. */
    list: (SourceArn: string, most: number): MoveTask[] =>
      tasks.filter((task) => task.SourceArn === SourceArn).slice(0, most),
  };
}
