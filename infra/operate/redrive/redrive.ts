import { setTimeout as sleep } from 'node:timers/promises';
import { queues } from '../../../functions/runtime/clients.ts';
import { readProject } from '../../synthesize.ts';
import { failureQueueClient } from './failureQueueClient.ts';
import { failureQueues } from './failureQueues.ts';
import { functionClient } from './functionClient.ts';
import { redriveOptions } from './redriveOptions.ts';
import { type RedriveServices, redriveQueue, showQueue } from './redriveQueue.ts';
import { readStackNames } from './stackClient.ts';
import { readChanges } from './streamClient.ts';

/**
 * `npm run redrive -- [--stack NAME] [--queue NAME [--yes]]`: says what the failure queues hold, without addresses, and
 * brings what one of them holds back to where it came from.
 */
async function main(args: readonly string[]): Promise<void> {
  const { stack = readProject().settings.stackName, queue, yes } = redriveOptions(args);
  const names = await readStackNames(stack);
  const act = yes ? redriveQueue : showQueue;
  for (const name of queue === undefined ? Object.keys(failureQueues) : [queue])
    for (const line of await act(name, servicesOf(name, names))) console.log(line);
}

function servicesOf(queueName: string, names: ReadonlyMap<string, string>): RedriveServices {
  const nameOf = (name: string) => {
    const found = names.get(name);
    if (found === undefined) throw new Error(`The stack has no ${name}`);
    return found;
  };
  return {
    queue: failureQueueClient(queues(), nameOf(queueName)),
    functionOf: (name) => functionClient(nameOf(name)),
    readChanges,
    pause: () => sleep(1_000),
  };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
