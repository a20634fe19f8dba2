import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { LocalFunction } from '../../../infra/local/functions/functionPool.ts';
import type { InvocationOutcome } from '../../../infra/local/functions/functionWorker.ts';
import { readFilter } from '../../../infra/local/mappings/filter.ts';
import type { MappingDefinition } from '../../../infra/local/mappings/mappingDefinition.ts';
import { startQueuePoller } from '../../../infra/local/mappings/queuePoller.ts';
import { openQueue } from '../../../infra/local/queues/queue.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';

describe('startQueuePoller', () => {
  test('runs no more batches at once than the mapping allows', async () => {
    const trial = start({ batchSize: 1, maximumConcurrency: 3 });
    for (let n = 0; n < 10; n++) trial.send(`${n}`);

    await vi.waitFor(() => expect(trial.running()).toBe(3));
    trial.finish();
    await vi.waitFor(() => expect(trial.queue.messages()).toEqual([]));

    expect(trial.mostAtOnce()).toBe(3);
    expect(trial.batches).toHaveLength(10);
  });

  test('waits within its window for a batch to fill', async () => {
    const trial = start({ batchSize: 3, batchingWindowMs: 600_000, maximumConcurrency: 1 }, { finishes: true });

    trial.send('a');
    await vi.waitFor(() => expect(trial.queue.messages()).toMatchObject([{ body: 'a', receiveCount: 1 }]));
    trial.send('b');
    trial.send('c');

    await vi.waitFor(() => expect(trial.batches).toEqual([['a', 'b', 'c']]));
  });

  test('waits no longer than its window', async () => {
    const trial = start({ batchSize: 3, batchingWindowMs: 50, maximumConcurrency: 1 }, { finishes: true });

    trial.send('a');

    await vi.waitFor(() => expect(trial.batches).toEqual([['a']]));
  });

  test('deletes what its filter does not want', async () => {
    const filter = readFilter({ Filters: [{ Pattern: '{"body":{"channel":["email"]}}' }] });
    const trial = start({ filter }, { finishes: true });
    for (const body of ['{"channel":"sms"}', 'no JSON', '{"channel":"email"}']) trial.send(body);

    await vi.waitFor(() => expect(trial.queue.messages()).toEqual([]));

    expect(trial.batches.flat()).toEqual(['{"channel":"email"}']);
  });

  test('touches nothing while it is not allowed to', async () => {
    const trial = start({}, { finishes: true, mayDo: (action) => action !== 'sqs:DeleteMessage' });
    trial.send('a');

    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(trial.queue.messages()).toMatchObject([{ receiveCount: 0 }]);
    expect(trial.batches).toEqual([]);
  });
});

interface TrialOptions {
  /** Whether the function ends by itself, and not only after `finish`. */
  readonly finishes?: boolean;
  readonly mayDo?: (action: string) => boolean;
}

function start(change: Partial<MappingDefinition>, { finishes = false, mayDo = () => true }: TrialOptions = {}) {
  const queue = openQueue(
    {
      name: 'work',
      arn: 'arn:work',
      url: 'http://127.0.0.1/work',
      delaySeconds: 0,
      visibilityTimeoutSeconds: 30,
      retentionSeconds: 3_600,
      maximumMessageBytes: 1_048_576,
      redrive: undefined,
    },
    join(temporaryDirectory(), 'work.jsonl'),
    () => {},
  );
  const batches: string[][] = [];
  let [running, most, isFinishing] = [0, 0, finishes];
  let waiting: (() => void)[] = [];
  const finish = () => {
    isFinishing = true;
    for (const end of waiting) end();
    waiting = [];
  };
  const invoke = async (event: unknown): Promise<InvocationOutcome> => {
    const { Records } = event as { Records: { body: string }[] };
    batches.push(Records.map(({ body }) => body));
    running += 1;
    most = Math.max(most, running);
    if (!isFinishing) await new Promise<void>((resolve) => waiting.push(resolve));
    running -= 1;
    return { ok: true, requestId: 'r', payload: 'null' };
  };
  const poller = startQueuePoller({
    mapping: {
      name: 'Mapping',
      sourceArn: 'arn:work',
      functionName: 'Worker',
      batchSize: 10,
      batchingWindowMs: 0,
      filter: () => true,
      reportsFailures: false,
      bisects: false,
      maximumRetryAttempts: Infinity,
      maximumRecordAgeMs: Infinity,
      onFailureArn: undefined,
      parallelization: 1,
      maximumConcurrency: 2,
      startingPosition: 'TRIM_HORIZON',
      ...change,
    },
    queue,
    target: { invoke } as unknown as LocalFunction,
    mayDo,
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(async () => {
    finish();
    await poller.stop();
    queue.close();
  });
  return {
    queue,
    batches,
    finish,
    running: () => running,
    mostAtOnce: () => most,
    send: (body: string) => queue.send({ body, attributes: {}, senderId: 'Tester' }),
  };
}
