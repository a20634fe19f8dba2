import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { openStack } from './assembly/stack.ts';
import { startAwsAddress } from './aws/address.ts';
import type { InjectedFault } from './aws/faults.ts';
import { startBackend } from './backend.ts';
import { type CleanupStack, createCleanupStack } from './cleanupStack.ts';
import { startDatabase } from './database.ts';
import type { Deployment } from './deployment.ts';
import { closedDoor, type Listener, startFurtherServers } from './furtherServers.ts';
import { type Api, readApis, readSocketApi } from './gateway/httpApi.ts';
import { createHttpDoor } from './gateway/httpDoor.ts';
import { type GatewayReply, gatewayReply } from './gateway/httpReply.ts';
import { openSocketDoor } from './gateway/socketDoor.ts';
import { type SocketLimits, socketLimits } from './gateway/socketLife.ts';
import { startHttpServer } from './httpServer.ts';
import type { NamesHere } from './network/namesHere.ts';
import { openReport } from './report.ts';
import { controlService, type LocalService } from './runningService.ts';
import { lockState } from './stateLock.ts';
import { startSweeping } from './sweeping.ts';
import { createTables } from './tables.ts';
import { openIssuer } from './tokens/issuer.ts';
import { createSignInPages } from './userPools/signInPages.ts';
import { readUserPools } from './userPools/userPool.ts';

export type { LocalService } from './runningService.ts';

export interface LocalServiceOptions {
  /** Where all state is kept; it is made where there is none. */
  readonly stateDirectory: string;
  /** What is run; a function makes it into the state folder once that is locked and the ports are taken. */
  readonly deployment: Deployment | ((stateDirectory: string) => Promise<Deployment>);
  /** Of the HTTP API, of several the first one. Default: any that is free. */
  readonly port?: number;
  /** Of the WebSocket API. Default: any that is free. */
  readonly socketPort?: number;
  /** Of the other HTTP APIs, one after another, and then of the sign-in pages. Default: any that are free. */
  readonly furtherPort?: number;
  /** Default: those of API Gateway. */
  readonly socketLimits?: SocketLimits;
  readonly faults?: readonly InjectedFault[];
  /** What was granted, used and denied is appended to it. Default: `iam-ledger.jsonl` in the state folder. */
  readonly ledgerFile?: string;
  /** How many events a function runs at once. Default 4. */
  readonly workersPerFunction?: number;
  /** Names of the internet that lead to this machine, for the functions alone: other systems that they call. */
  readonly namesHere?: NamesHere;
  /** How long an asynchronous event waits after its first, second, … failure. Default 1 s, then 2; AWS waits minutes. */
  readonly retryDelaysMs?: readonly number[];
  /** How long a batch of a stream waits at most until it is tried again; at first it is 50 ms. Default 5 s. */
  readonly longestStreamRetryMs?: number;
  /** Whether the counts of calls tell the capacity units of the database too. Default false. */
  readonly countsCapacity?: boolean;
  /** Answers what is under `/_local/`. */
  readonly pages?: LocalPages;
  /** Told what goes wrong, one line each; it is in `runner.log` as well. */
  readonly report?: (line: string) => void;
}

/** Answers a request for a page of the runner's own. */
export type LocalPages = (request: LocalRequest, service: LocalService) => GatewayReply | Promise<GatewayReply>;

export interface LocalRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Runs a cloud assembly on this machine, as `cdk deploy` would have AWS run it.
 *
 * @throws where the state folder is in use, the port is taken, there is no database, or the template holds what cannot be run here
 */
export async function startLocalService(options: LocalServiceOptions): Promise<LocalService> {
  const cleanup = createCleanupStack();
  cleanup.add(lockState(options.stateDirectory));
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(options: LocalServiceOptions, cleanup: CleanupStack): Promise<LocalService> {
  const { stateDirectory } = options;
  const report = openReport(join(stateDirectory, 'runner.log'), options.report);
  let door: Listener = closedDoor;
  const http = await startHttpServer(options.port ?? 0, (request, response) => door(request, response));
  cleanup.add(http.stop);
  const sockets = await startHttpServer(options.socketPort ?? 0, (_, response) => response.writeHead(426).end());
  cleanup.add(sockets.stop);
  const aws = await startAwsAddress();
  cleanup.add(aws.stop);
  const database = await startDatabase({ directory: join(stateDirectory, 'database') });
  cleanup.add(database.stop);
  const deployment =
    typeof options.deployment === 'function' ? await options.deployment(stateDirectory) : options.deployment;

  const url = `http://127.0.0.1:${http.port}`;
  const further = await startFurtherServers(deployment, options, cleanup);
  const stack = openStack(deployment.assembly, {
    aws: aws.url,
    http: url,
    furtherHttp: Object.fromEntries(further.apis.map(({ logicalId, url: other }) => [logicalId, other])),
    socket: `ws://127.0.0.1:${sockets.port}`,
    ...(further.signIn && { signIn: further.signIn.url }),
  });
  await createTables(stack, database.endpoint);
  const [api, ...otherApis] = readApis(stack, 'HTTP');
  if (api === undefined) throw new Error('The template has no HTTP API');
  const issuer = await openIssuer(stateDirectory, issuerOf(api, deployment));
  const backend = startBackend(
    {
      stack,
      stateDirectory,
      aws,
      databaseEndpoint: database.endpoint,
      faults: options.faults ?? [],
      ledgerFile: options.ledgerFile ?? join(stateDirectory, 'iam-ledger.jsonl'),
      workersPerFunction: options.workersPerFunction ?? 4,
      namesHere: options.namesHere,
      retryDelaysMs: options.retryDelaysMs ?? [1_000, 2_000],
      longestStreamRetryMs: options.longestStreamRetryMs ?? 5_000,
      countsCapacity: options.countsCapacity ?? false,
      sign: issuer.sign,
      report,
    },
    cleanup,
  );
  cleanup.add(startSweeping(database.sweepExpired, backend.mappings.nudge, report));
  cleanup.add(http.stop); // the door is the first to close

  const gateway = {
    functionByArn: backend.functions.byArn,
    mayInvoke: backend.guard.mayInvoke,
    onError: report.error,
  };
  const socketApi = readSocketApi(stack);
  if (socketApi !== undefined) {
    const { connections } = backend;
    cleanup.add(
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
  const service = controlService({ ...facts, database, backend, issuer, cleanup });
  const pages = options.pages ?? noPages;
  door = createHttpDoor({
    ...gateway,
    api,
    key: issuer.publicKey,
    localPages: async ({ method = 'GET', headers }, pageUrl) => pages({ method, url: pageUrl, headers }, service),
  });
  for (const other of otherApis) {
    const server = further.apis.find(({ logicalId }) => logicalId === other.logicalId);
    server?.open(createHttpDoor({ ...gateway, api: other, key: issuer.publicKey }));
  }
  further.signIn?.open(
    createSignInPages({
      pools: readUserPools(stack),
      users: deployment.users,
      issue: issuer.issue,
      onError: report.error,
    }),
  );
  return service;
}

/** Tokens are signed for the first authorizer; an API that is open to all has none. */
function issuerOf({ routes }: Api, { capabilitiesClaim, users }: Deployment) {
  const jwt = routes.find((route) => route.jwt !== undefined)?.jwt;
  return {
    issuer: jwt?.Issuer ?? 'local',
    audience: jwt?.Audience[0] ?? 'local',
    capabilitiesClaim,
    users: [...users],
  };
}

const noPages: LocalPages = () => gatewayReply(404, 'Not Found');
