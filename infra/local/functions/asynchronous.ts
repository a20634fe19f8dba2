import * as z from 'zod';
import { openJournal } from '../journal.ts';
import { createTimeHeap } from '../queues/timeHeap.ts';
import type { LocalFunction } from './functionPool.ts';
import type { InvocationOutcome } from './functionWorker.ts';

const event = z.object({
  id: z.string(),
  functionArn: z.string(),
  payload: z.unknown(),
  acceptedAt: z.number(),
  dueAt: z.number(),
  attempts: z.number(),
});

export type AsynchronousEvent = z.infer<typeof event>;

/** What became of an event at last. */
export interface Ending {
  readonly event: AsynchronousEvent;
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  readonly outcome: InvocationOutcome | undefined;
}

/** Lambda's queue of events that nobody waits for. */
export interface AsynchronousInvoker {
  /** Keeps the event, then returns; it is run later, at the soonest after `delayMs`, and more than once where it fails. */
  accept(functionArn: string, payload: unknown, id: string, delayMs?: number): void;
  start(): void;
  /** Says whether no event waits or runs. */
  isIdle(): boolean;
  /** Settles when what runs has ended. */
  stop(): Promise<void>;
}

export interface AsynchronousOptions {
  readonly journalPath: string;
  readonly functionByArn: (arn: string) => LocalFunction | undefined;
  /** How long after the first, second, … failure the next attempt comes. AWS waits one minute, then two. */
  readonly retryDelaysMs: readonly number[];
  readonly onEnd: (ending: Ending) => void;
}

/** Opens the queue: what it accepted is run even after a `kill -9`. */
export function openAsynchronousInvoker(options: AsynchronousOptions): AsynchronousInvoker {
  const journal = openJournal(options.journalPath, event);
  const heap = createTimeHeap<string>();
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let started = false;

  function keep(changed: AsynchronousEvent): void {
    journal.set(changed.id, changed);
    heap.push(changed.dueAt, changed.id);
    arm();
  }

  function arm(): void {
    clearTimeout(timer);
    const nextAt = heap.nextAt();
    if (started && nextAt !== undefined) timer = setTimeout(runDue, Math.max(0, nextAt - Date.now()));
  }

  function runDue(): void {
    for (let id = heap.pop(Date.now()); id !== undefined; id = heap.pop(Date.now())) {
      const due = journal.get(id);
      if (due === undefined) continue;
      const run = attempt(due).finally(() => running.delete(run));
      running.add(run);
    }
    arm();
  }

  async function attempt(due: AsynchronousEvent): Promise<void> {
    const target = options.functionByArn(due.functionArn);
    if (target === undefined) {
      journal.delete(due.id); // the template has no such function any more
      return;
    }
    const { maximumRetryAttempts, maximumEventAgeSeconds } = target.definition.asynchronous;
    const outcome = await target.invoke(due.payload, due.id);
    if (!started) return; // the end of the service is no failure of the event
    const attempts = due.attempts + 1;
    const nextAt = Date.now() + (options.retryDelaysMs[attempts - 1] ?? options.retryDelaysMs.at(-1) ?? 0);
    const tried = { ...due, attempts };
    if (outcome.ok) end({ event: tried, condition: 'Success', outcome });
    else if (attempts > maximumRetryAttempts) end({ event: tried, condition: 'RetriesExhausted', outcome });
    else if (nextAt > due.acceptedAt + maximumEventAgeSeconds * 1000) {
      end({ event: tried, condition: 'EventAgeExceeded', outcome });
    } else keep({ ...tried, dueAt: nextAt });
  }

  function end(ending: Ending): void {
    options.onEnd(ending);
    journal.delete(ending.event.id);
  }

  for (const kept of journal.values()) heap.push(kept.dueAt, kept.id);
  return {
    accept: (functionArn, payload, id, delayMs = 0) => {
      const now = Date.now();
      keep({ id, functionArn, payload, acceptedAt: now, dueAt: now + delayMs, attempts: 0 });
    },
    isIdle: () => journal.size === 0,
    start: () => {
      started = true;
      arm();
    },
    stop: async () => {
      started = false;
      clearTimeout(timer);
      await Promise.all(running);
      journal.close();
    },
  };
}
