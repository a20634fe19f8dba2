import { randomUUID } from 'node:crypto';
import type { FunctionDefinition } from './functionDefinition.ts';
import { type FunctionWorker, type InvocationOutcome, startFunctionWorker } from './functionWorker.ts';

const payloadLimitBytes = 6 * 1024 * 1024;

/** A function that runs: a few workers, started when they are first needed. */
export interface LocalFunction {
  readonly definition: FunctionDefinition;
  /** Runs one event, after those that wait already; it rejects for nothing that the function does. */
  invoke(event: unknown, requestId?: string): Promise<InvocationOutcome>;
  /** Says whether it runs no event, and none waits. */
  isIdle(): boolean;
  /** Ends the worker that has these credentials, in the midst of whatever it runs. */
  kill(sessionToken: string): Promise<void>;
  stop(): Promise<void>;
}

export interface PoolOptions {
  readonly workers: number;
  readonly logFile: string;
  /** The environment of one worker beside the definition's: the address, and the credentials that hold the token. */
  readonly environment: (sessionToken: string) => Readonly<Record<string, string>>;
  readonly onFailure?: (outcome: InvocationOutcome & { ok: false }) => void;
  /** Told how long each event ran, without what it waited for a worker; a worker's first includes its start. */
  readonly onInvoked?: (milliseconds: number) => void;
}

export function startFunctionPool(definition: FunctionDefinition, options: PoolOptions): LocalFunction {
  const limit = Math.min(options.workers, definition.reservedConcurrency ?? options.workers);
  const workers = new Map<string, FunctionWorker>();
  const idle: string[] = [];
  const waiting: ((token: string) => void)[] = [];
  let started = 0;
  let running = 0;
  let stopped = false;

  function take(): Promise<string> {
    const token = idle.pop();
    if (token !== undefined) return Promise.resolve(token);
    if (workers.size >= limit) return new Promise((resolve) => waiting.push(resolve));
    return Promise.resolve(startOne());
  }

  function startOne(): string {
    const token = `${definition.name}-${++started}`;
    workers.set(token, startFunctionWorker(definition, options.environment(token), options.logFile));
    return token;
  }

  function giveBack(token: string): void {
    const isUsable = workers.get(token)?.isAlive() === true && !stopped;
    if (!isUsable) workers.delete(token);
    const next = waiting.shift();
    if (next !== undefined) next(isUsable || stopped ? token : startOne());
    else if (isUsable) idle.push(token);
  }

  async function invoke(event: unknown, requestId: string = randomUUID()): Promise<InvocationOutcome> {
    running += 1;
    try {
      return await run(JSON.stringify(event) ?? 'null', requestId);
    } finally {
      running -= 1;
    }
  }

  async function run(payload: string, requestId: string): Promise<InvocationOutcome> {
    const token = await take();
    if (stopped) {
      giveBack(token); // whoever waits behind is to hear of it, too
      return { ok: false, requestId, error: { errorType: 'Runtime.Stopped', errorMessage: 'The service is stopping' } };
    }
    const worker = workers.get(token);
    if (worker === undefined || !worker.isAlive()) {
      giveBack(token); // it died while it was idle
      return run(payload, requestId);
    }
    const begun = performance.now();
    const outcome = refuseLargePayload(await worker.run(payload, requestId));
    options.onInvoked?.(performance.now() - begun);
    giveBack(token);
    if (!outcome.ok) options.onFailure?.(outcome);
    return outcome;
  }

  return {
    definition,
    invoke,
    isIdle: () => running === 0,
    kill: async (token) => workers.get(token)?.stop(),
    stop: async () => {
      stopped = true;
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
    },
  };
}

function refuseLargePayload(outcome: InvocationOutcome): InvocationOutcome {
  const size = outcome.ok ? Buffer.byteLength(outcome.payload) : 0;
  if (size <= payloadLimitBytes) return outcome;
  return {
    ok: false,
    requestId: outcome.requestId,
    error: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${payloadLimitBytes} bytes).`,
    },
  };
}
