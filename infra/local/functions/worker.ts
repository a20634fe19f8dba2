import { openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { leadNamesHere, type NamesHere } from '../network/namesHere.ts';
import type { ErrorPayload, WorkerEvent, WorkerReply, WorkerStart } from './workerProtocol.ts';

// This file runs inside a function's worker, where only the parent, which has the same types, can write to it.
const start: WorkerStart = workerData;
const log = openSync(start.logFile, 'a');

/** Writes at once and in this thread: what a function said last is on disk even when it is ended in the next moment. */
function writeLog(chunk: string | Uint8Array): boolean {
  writeSync(log, typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return true;
}

Object.assign(process.stdout, { write: writeLog });
Object.assign(process.stderr, { write: writeLog });

type Handler = (event: unknown, context: unknown) => unknown;

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}

function describeError(error: unknown): ErrorPayload {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

function logError(requestId: string, error: ErrorPayload): void {
  const { errorType, errorMessage, trace } = error;
  const timestamp = new Date().toISOString();
  writeLog(
    `${JSON.stringify({ timestamp, level: 'ERROR', requestId, message: { errorType, errorMessage, stackTrace: trace } })}\n`,
  );
}

function contextOf({ requestId, deadline }: WorkerEvent): Record<string, unknown> {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: start.functionName,
    functionVersion: '$LATEST',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    invokedFunctionArn: start.functionArn,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: String(start.memoryMegabytes),
  };
}

async function runEvent(handler: Handler, event: WorkerEvent): Promise<WorkerReply> {
  try {
    const result = await handler(JSON.parse(event.payload), contextOf(event));
    return { kind: 'returned', payload: JSON.stringify(result) ?? 'null' };
  } catch (thrown) {
    const error = describeError(thrown);
    logError(event.requestId, error);
    return { kind: 'failed', error };
  }
}

/** Before the bundle is loaded: it knows nothing of it. */
function leadNames(): void {
  const { LOCAL_NAMES_HERE } = process.env;
  if (LOCAL_NAMES_HERE === undefined) return;
  delete process.env.LOCAL_NAMES_HERE;
  const names: NamesHere = JSON.parse(LOCAL_NAMES_HERE);
  leadNamesHere(names);
}

async function loadHandler(): Promise<Handler> {
  leadNames();
  const loaded: unknown = createRequire(start.bundle)(start.bundle);
  const handler = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, start.exportName) : undefined;
  if (typeof handler === 'function') return (event, context) => Reflect.apply(handler, undefined, [event, context]);
  const error = new Error(`${start.exportName} is undefined or not exported`);
  error.name = 'Runtime.HandlerNotFound';
  throw error;
}

loadHandler().then(
  (handler) => {
    parentPort?.on('message', (event: WorkerEvent) => {
      runEvent(handler, event).then(reply, (error: unknown) => reply({ kind: 'failed', error: describeError(error) }));
    });
    reply({ kind: 'ready' });
  },
  (thrown: unknown) => {
    const error = describeError(thrown);
    logError('init', error);
    reply({ kind: 'initFailed', error });
  },
);
