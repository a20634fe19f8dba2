import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type AsynchronousInvoker,
  type Ending,
  openAsynchronousInvoker,
} from '../../../infra/local/functions/asynchronous.ts';
import type { LocalFunction } from '../../../infra/local/functions/functionPool.ts';
import type { InvocationOutcome } from '../../../infra/local/functions/functionWorker.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';

const failure = { errorType: 'Error', errorMessage: 'on order' };

let path: string;
let events: unknown[];
let endings: Ending[];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  path = join(temporaryDirectory(), 'events.jsonl');
  events = [];
  endings = [];
});

afterEach(() => {
  vi.useRealTimers();
});

describe('openAsynchronousInvoker', () => {
  test('runs an event once that succeeds', async () => {
    const invoker = start(() => 'ok');

    invoker.accept('arn', { a: 1 }, 'id');
    expect(invoker.isIdle()).toBe(false);
    await vi.advanceTimersByTimeAsync(0);

    expect(events).toEqual([{ a: 1 }]);
    expect(endings).toMatchObject([{ condition: 'Success', event: { id: 'id', attempts: 1 } }]);
    expect(invoker.isIdle()).toBe(true);
  });

  test('tries an event that fails as often as the function says, later each time', async () => {
    const invoker = start(() => 'fail');
    invoker.accept('arn', {}, 'id');

    await vi.advanceTimersByTimeAsync(59_999);
    expect(events).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(events).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(120_000);

    expect(events).toHaveLength(3);
    expect(endings).toMatchObject([
      { condition: 'RetriesExhausted', event: { attempts: 3 }, outcome: { error: failure } },
    ]);
  });

  test('gives an event up whose next attempt would come too late', async () => {
    const invoker = start(() => 'fail', 60);
    invoker.accept('arn', {}, 'id');

    await vi.advanceTimersByTimeAsync(600_000);

    expect(events).toHaveLength(2);
    expect(endings).toMatchObject([{ condition: 'EventAgeExceeded', event: { attempts: 2 } }]);
  });

  test('runs what it had accepted when it was killed, with the attempts that were made', async () => {
    const invoker = start(() => 'fail');
    invoker.accept('arn', {}, 'tried');
    await vi.advanceTimersByTimeAsync(0);
    invoker.accept('arn', {}, 'waiting');
    vi.clearAllTimers();

    start(() => 'ok');
    await vi.advanceTimersByTimeAsync(60_000);

    expect(endings.map(({ event: { id, attempts } }) => [id, attempts])).toEqual([
      ['waiting', 1],
      ['tried', 2],
    ]);
  });

  test('takes its own end for no failure of the event', async () => {
    const invoker = start(() => 'never');
    invoker.accept('arn', {}, 'id');
    await vi.advanceTimersByTimeAsync(0);
    const stopped = invoker.stop();
    settleAll();
    await stopped;

    start(() => 'ok');
    await vi.advanceTimersByTimeAsync(0);

    expect(endings).toMatchObject([{ condition: 'Success', event: { attempts: 1 } }]);
  });
});

let waiting: (() => void)[] = [];

function settleAll(): void {
  for (const settle of waiting) settle();
  waiting = [];
}

function start(answer: () => 'ok' | 'fail' | 'never', maximumEventAgeSeconds = 21_600): AsynchronousInvoker {
  const invoke = async (event: unknown): Promise<InvocationOutcome> => {
    events.push(event);
    const kind = answer();
    if (kind === 'never') await new Promise<void>((resolve) => waiting.push(resolve));
    return kind === 'ok'
      ? { ok: true, requestId: 'r', payload: 'null' }
      : { ok: false, requestId: 'r', error: failure };
  };
  const definition = { asynchronous: { maximumRetryAttempts: 2, maximumEventAgeSeconds } };
  const invoker = openAsynchronousInvoker({
    journalPath: path,
    functionByArn: () => ({ definition, invoke }) as unknown as LocalFunction,
    retryDelaysMs: [60_000, 120_000],
    onEnd: (ending) => endings.push(ending),
  });
  invoker.start();
  return invoker;
}
