import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { openStack, type Stack } from './assembly/stack.ts';
import { startAwsAddress } from './aws/address.ts';
import type { CallCounts } from './aws/calls.ts';
import type { Fault, Faults } from './aws/faults.ts';
import type { Envelope, Mail } from './aws/mailbox.ts';
import type { Push, Sms } from './aws/phones.ts';
import { startBackend } from './backend.ts';
import { startDatabase } from './database.ts';
import { type Deployment, synthesizeInto } from './deployment.ts';
import { describeService } from './describeService.ts';
import type { Outcome } from './functions/functionWorker.ts';
import type { LogLine } from './functions/logs.ts';
import { type Api, readApi } from './gateway/httpApi.ts';
import { createHttpDoor } from './gateway/httpDoor.ts';
import { gatewayReply, type HttpReply } from './gateway/httpReply.ts';
import { openSocketDoor } from './gateway/socketDoor.ts';
import { type SocketLimits, socketLimits } from './gateway/socketLife.ts';
import { startHttpServer } from './httpServer.ts';
import type { Grant } from './iam/grants.ts';
import type { Denied } from './iam/ledger.ts';
import type { QueueMessage } from './queues/queue.ts';
import { openReport } from './report.ts';
import type { Schedule } from './schedules/schedule.ts';
import { lockState } from './stateLock.ts';
import { startSweeping } from './sweeping.ts';
import { createTables } from './tables.ts';
import { openIssuer } from './tokens/issuer.ts';
import { createUndo, type Undo } from './undo.ts';

export interface LocalServiceOptions {
  /** Where all state is kept; it is made where there is none. */
  readonly stateDirectory: string;
  /** Stands over the context of cdk.json. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** What is run in place of the project's own stack. */
  readonly deployment?: Deployment;
  /** Of the HTTP API. Default: any that is free. */
  readonly port?: number;
  /** Of the WebSocket API. Default: any that is free. */
  readonly socketPort?: number;
  /** Default: those of API Gateway. */
  readonly socketLimits?: SocketLimits;
  readonly faults?: readonly Fault[];
  /** What was granted, used and denied is appended to it. Default: `iam-ledger.jsonl` in the state folder. */
  readonly ledgerFile?: string;
  /** How many events a function runs at once. Default 4. */
  readonly workersPerFunction?: number;
  /** How long an asynchronous event waits after its first, second, … failure. Default 1 s, then 2; AWS waits minutes. */
  readonly retryDelaysMs?: readonly number[];
  /** How long a batch of a stream waits at most until it is tried again; at first it is 50 ms. Default 5 s. */
  readonly longestStreamRetryMs?: number;
  /** Answers what is under `/_local/`. */
  readonly pages?: LocalPages;
  /** Told what goes wrong, one line each; it is in `runner.log` as well. */
  readonly report?: (line: string) => void;
}

/** Answers a request for a page of the runner's own. */
export type LocalPages = (request: LocalRequest, service: LocalService) => HttpReply | Promise<HttpReply>;

export interface LocalRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

/** The whole service, running on this machine. */
export interface LocalService {
  /** The HTTP API's address, without a trailing slash. */
  readonly url: string;
  /** The WebSocket API's address, with its stage; undefined where the template has none. */
  readonly socketUrl: string | undefined;
  /** The AWS address. */
  readonly awsUrl: string;
  readonly databaseEndpoint: string;
  readonly stateDirectory: string;
  readonly stack: Stack;
  /**
   * @param claims over the user's own; one that is undefined is left out
   * @returns a bearer token
   */
  token(username: string, claims?: Readonly<Record<string, unknown>>): Promise<string>;
  mails(): Mail[];
  /** The envelopes of the mails, which costs no reading. */
  envelopes(): Envelope[];
  /** A mail byte for byte; undefined where none has that id. */
  rawMail(messageId: string): Buffer | undefined;
  sms(): Sms[];
  pushes(): Push[];
  schedules(): Schedule[];
  /** Fires a schedule now, as if its moment had come. @throws where there is none of that name */
  fire(scheduleName: string): void;
  /** What a queue holds now, in flight or not. @throws where the template has no such queue */
  messages(queueName: string): QueueMessage[];
  /** Puts a message into a queue as someone who may. @throws where the template has no such queue */
  send(queueName: string, body: string, attributes?: QueueMessage['attributes']): QueueMessage;
  logs(functionName?: string): LogLine[];
  /** The last lines of every function: at most 64 KiB each. */
  recentLogs(): LogLine[];
  readonly faults: Faults;
  readonly calls: CallCounts;
  denied(): Denied[];
  unusedGrants(): Grant[];
  /** Begins an account of the grants that are used. @returns what says which were, since */
  followGrants(): () => Grant[];
  /** Takes a grant away, as if the template had it not. @returns what gives it back @throws where it has not */
  withhold(grant: Grant): () => void;
  /** Invokes a function as `aws lambda invoke` does. @throws where the template has no such function */
  invoke(functionName: string, event: unknown): Promise<Outcome>;
  /** Makes a push token one that its platform does not know any more. */
  disablePushToken(token: string): void;
  /**
   * Settles when nothing runs or waits to: streams read to their end, queues that a function follows empty.
   *
   * Schedules that are not due are no part of it.
   *
   * @param timeoutMs default 30,000
   * @throws where that takes longer
   */
  settled(timeoutMs?: number): Promise<void>;
  /** Removes what has expired from the tables now. */
  sweepExpired(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the service: what `cdk deploy` would ship, run here.
 *
 * @throws where the state folder is in use, the port is taken, there is no database, or the template holds what cannot be run here
 */
export async function startLocalService(options: LocalServiceOptions): Promise<LocalService> {
  const undo = createUndo();
  undo.add(lockState(options.stateDirectory));
  try {
    return await start(options, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

async function start(options: LocalServiceOptions, undo: Undo): Promise<LocalService> {
  const { stateDirectory } = options;
  const report = openReport(join(stateDirectory, 'runner.log'), options.report);
  let door: Listener = (_, response) => response.writeHead(503).end();
  const http = await startHttpServer(options.port ?? 0, (request, response) => door(request, response));
  undo.add(http.stop);
  const sockets = await startHttpServer(options.socketPort ?? 0, (_, response) => response.writeHead(426).end());
  undo.add(sockets.stop);
  const aws = await startAwsAddress();
  undo.add(aws.stop);
  const database = await startDatabase({ directory: join(stateDirectory, 'database') });
  undo.add(database.stop);
  const deployment = options.deployment ?? (await synthesizeInto(stateDirectory, options.context ?? {}));

  const url = `http://127.0.0.1:${http.port}`;
  const stack = openStack(deployment.assembly, { aws: aws.url, http: url, socket: `ws://127.0.0.1:${sockets.port}` });
  await createTables(stack, database.endpoint);
  const backend = startBackend(
    {
      stack,
      stateDirectory,
      aws,
      databaseEndpoint: database.endpoint,
      faults: options.faults ?? [],
      ledgerFile: options.ledgerFile ?? join(stateDirectory, 'iam-ledger.jsonl'),
      workersPerFunction: options.workersPerFunction ?? 4,
      retryDelaysMs: options.retryDelaysMs ?? [1_000, 2_000],
      longestStreamRetryMs: options.longestStreamRetryMs ?? 5_000,
      report,
    },
    undo,
  );
  undo.add(startSweeping(database.sweepExpired, backend.mappings.nudge, report));
  undo.add(http.stop); // the door is the first to close

  const api = readApi(stack, 'HTTP');
  if (api === undefined) throw new Error('The template has no HTTP API');
  const issuer = await openIssuer(stateDirectory, issuerOf(api, deployment));
  const gateway = {
    functionByArn: backend.functions.byArn,
    mayInvoke: backend.guard.mayInvoke,
    onError: report.error,
  };
  const socketApi = readApi(stack, 'WEBSOCKET');
  if (socketApi !== undefined) {
    const { connections } = backend;
    undo.add(
      openSocketDoor({
        ...gateway,
        api: socketApi,
        server: sockets.server,
        connections,
        limits: options.socketLimits ?? socketLimits,
      }).stop,
    );
  }
  const socketUrl = socketApi && `ws://127.0.0.1:${sockets.port}/${socketApi.stageName}`;
  const facts = { url, socketUrl, awsUrl: aws.url, stack, stateDirectory };
  const service = describeService({ ...facts, database, backend, issuer, undo });
  const pages = options.pages ?? noPages;
  door = createHttpDoor({
    ...gateway,
    api,
    key: issuer.publicKey,
    localPages: async ({ method = 'GET', headers }, pageUrl) => pages({ method, url: pageUrl, headers }, service),
  });
  return service;
}

/** Tokens are signed for the first authorizer; an API that is open to all has none. */
function issuerOf({ routes }: Api, { capabilitiesClaim }: Deployment) {
  const jwt = routes.find((route) => route.jwt !== undefined)?.jwt;
  return { issuer: jwt?.Issuer ?? 'local', audience: jwt?.Audience[0] ?? 'local', capabilitiesClaim };
}

const noPages: LocalPages = () => gatewayReply(404, 'Not Found');
