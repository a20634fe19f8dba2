import { eventOfCall } from './failedCall.ts';
import { failedChangesSchema } from './failedChanges.ts';
import { type FailureQueueClient, type HeldMessage, mostMessages } from './failureQueueClient.ts';
import { type FailureQueue, failureQueues } from './failureQueues.ts';
import type { FunctionClient } from './functionClient.ts';
import type { readChanges } from './streamClient.ts';

/** What a failure queue is put back with. */
export interface RedriveServices {
  readonly queue: FailureQueueClient;
  readonly functionOf: (name: string) => FunctionClient;
  readonly readChanges: typeof readChanges;
  /** Between two looks at a move that SQS is at. */
  readonly pause: () => Promise<void>;
}

/** Says what a failure queue holds, each kind of thing once, and how it would go back; it stays there. */
export async function showQueue(name: string, { queue }: Pick<RedriveServices, 'queue'>): Promise<string[]> {
  const held = await queue.hold();
  await queue.release(held);
  if (held.length === 0) return [`${name}: empty`];
  const found = queueNamed(name);
  return [
    `${name}: ${counted(held.length)}`,
    ...contents(held, found),
    `  ${wayBack(found)}; to do it: --queue ${name} --yes`,
  ];
}

/**
 * Brings what a failure queue holds back to where it came from; what cannot go back stays in it.
 *
 * @returns what was done, in words
 */
export async function redriveQueue(name: string, services: RedriveServices): Promise<string[]> {
  const found = queueNamed(name);
  const held = await services.queue.hold();
  if (held.length === 0) return [`${name}: empty`];
  if (found.kind === 'jobs') {
    await services.queue.release(held);
    return [`${name}: ${await moveBack(services)} moved back to ${found.source}`];
  }
  const outcomes: string[] = [];
  const left = new Set(held);
  try {
    for (const message of held) {
      const outcome = await callAgain(message, found, services);
      outcomes.push(outcome ?? `handed to ${found.calls} again`);
      if (outcome !== undefined) continue;
      await services.queue.delete(message);
      left.delete(message);
    }
  } finally {
    await services.queue.release([...left]);
  }
  return tally(outcomes).map(([outcome, count]) => `${name}: ${counted(count)} ${outcome}`);
}

/** Waits until SQS has moved all. @throws Error with SQS's reason where it could not */
async function moveBack({ queue, pause }: RedriveServices): Promise<string> {
  const before = await queue.latestMove();
  await queue.startMove();
  for (;;) {
    const latest = await queue.latestMove();
    const isOurs = latest !== undefined && latest.startedAt !== before?.startedAt;
    if (isOurs && latest.status === 'COMPLETED') return counted(latest.moved);
    if (isOurs && latest.status !== 'RUNNING')
      throw new Error(`SQS ended the move as ${latest.status}: ${latest.reason ?? 'it gives no reason'}`);
    await pause();
  }
}

/** @returns why a message is left; undefined where the function was called with what it is of */
async function callAgain(
  { body }: HeldMessage,
  found: Exclude<FailureQueue, { kind: 'jobs' }>,
  { functionOf, readChanges }: RedriveServices,
): Promise<string | undefined> {
  if (found.describe(body) === undefined) return 'left: this release cannot read it';
  const called = functionOf(found.calls);
  if (found.kind === 'calls') {
    await called.handOver(eventOfCall(body));
    return undefined;
  }
  const changes = await readChanges(failedChangesSchema.parse(body));
  if (changes === undefined) return `left: the stream, which keeps 24 hours, has it no more (${found.describe(body)})`;
  const followed = changes.filter(found.isFollowed);
  for (let from = 0; from < followed.length; from += recordsPerCall) {
    if (!(await called.follow(followed.slice(from, from + recordsPerCall))))
      return `left: ${found.calls} failed again; its log says why`;
  }
  return undefined;
}

/** As the mappings of the stream have it. */
const recordsPerCall = 10;

function queueNamed(name: string): FailureQueue {
  const found = failureQueues[name];
  if (found) return found;
  throw new Error(`There is no failure queue ${name}; there are ${Object.keys(failureQueues).join(', ')}`);
}

function contents(held: readonly HeldMessage[], { describe }: FailureQueue): string[] {
  const words = held.map(({ body }) => describe(body) ?? 'something that this release cannot read');
  return tally(words).map(([what, count]) => `  ${count} × ${what}`);
}

function tally(words: readonly string[]): [string, number][] {
  return [...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]);
}

function wayBack(found: FailureQueue): string {
  if (found.kind === 'jobs') return `would move back to ${found.source}`;
  if (found.kind === 'calls') return `would be handed to ${found.calls} again`;
  return `would be read from the stream, and handed to ${found.calls} again`;
}

function counted(count: number): string {
  if (count === mostMessages) return `the first ${count} messages`;
  return `${count} ${count === 1 ? 'message' : 'messages'}`;
}
