import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FunctionDefinition } from './functionDefinition.ts';
import { workerProgram } from './workerProgram.ts';
import type { ErrorPayload, WorkerEvent, WorkerReply, WorkerStart } from './workerProtocol.ts';

const initTimeoutMs = 10_000;

/** What an invocation came to; a payload is JSON. */
export type InvocationOutcome =
  | { readonly ok: true; readonly requestId: string; readonly payload: string }
  | { readonly ok: false; readonly requestId: string; readonly error: ErrorPayload };

/** One sandbox of a function: it runs one event at a time. */
export interface FunctionWorker {
  /** False once it has ended: after a time-out, a crash or `stop`. */
  isAlive(): boolean;
  run(payload: string, requestId: string): Promise<InvocationOutcome>;
  /** Ends it at once; what it runs fails as a crash does. */
  stop(): Promise<void>;
}

/** @param environment beside the definition's own: the address and the credentials */
export function startFunctionWorker(
  definition: FunctionDefinition,
  environment: Readonly<Record<string, string>>,
  logFile: string,
): FunctionWorker {
  const worker = new Worker(workerProgram(), {
    eval: true,
    env: { ...definition.environment, ...environment, LAMBDA_TASK_ROOT: definition.directory },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMegabytes },
    workerData: startData(definition, logFile),
  });
  worker.unref();
  let alive = true;
  let settle: ((reply: WorkerReply) => void) | undefined;
  const next = () => new Promise<WorkerReply>((resolve) => (settle = resolve));
  const crash = (error: ErrorPayload) => {
    alive = false;
    settle?.({ kind: 'failed', error });
  };
  worker.on('message', (reply: WorkerReply) => settle?.(reply));
  worker.on('error', (error) => crash(crashOf(error)));
  worker.on('exit', (code) => crash(exitOf(code)));

  const loaded = withTimeLimit(next(), initTimeoutMs, 'Init');

  async function withTimeLimit(reply: Promise<WorkerReply>, limitMs: number, what: string): Promise<WorkerReply> {
    const timer = setTimeout(() => {
      const errorMessage = `${what} timed out after ${(limitMs / 1000).toFixed(2)} seconds`;
      crash({ errorType: 'Sandbox.Timedout', errorMessage });
      void worker.terminate();
    }, limitMs);
    try {
      return await reply;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    isAlive: () => alive,
    run: async (payload, requestId) => {
      const start = await loaded;
      if (start.kind !== 'ready') {
        await worker.terminate();
        return { ok: false, requestId, error: errorOf(start, requestId) };
      }
      const limitMs = definition.timeoutSeconds * 1000;
      const reply = next();
      worker.postMessage({ requestId, payload, deadline: Date.now() + limitMs } satisfies WorkerEvent);
      const result = await withTimeLimit(reply, limitMs, 'Task');
      if (result.kind === 'returned') return { ok: true, requestId, payload: result.payload };
      return { ok: false, requestId, error: errorOf(result, requestId) };
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

function startData(definition: FunctionDefinition, logFile: string): WorkerStart {
  const [file = 'index', exportName = 'handler'] = definition.handler.split('.');
  return {
    bundle: join(definition.directory, `${file}.js`),
    exportName,
    functionName: definition.name,
    functionArn: definition.arn,
    memoryMegabytes: definition.memoryMegabytes,
    logFile,
  };
}

function errorOf(reply: WorkerReply, requestId: string): ErrorPayload {
  if (!('error' in reply)) return { errorType: 'Runtime.Unknown', errorMessage: `RequestId: ${requestId}` };
  const isOfTheRuntime = /^(Sandbox|Runtime)\./.test(reply.error.errorType);
  if (!isOfTheRuntime) return reply.error;
  return { ...reply.error, errorMessage: `RequestId: ${requestId} Error: ${reply.error.errorMessage}` };
}

function crashOf(error: unknown): ErrorPayload {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const isOutOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (isOutOfMemory) return { errorType: 'Runtime.OutOfMemory', errorMessage: message };
  return { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: message };
}

function exitOf(code: number): ErrorPayload {
  const errorMessage =
    code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
  return { errorType: 'Runtime.ExitError', errorMessage };
}
