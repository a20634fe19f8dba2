import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { isForThisMachine, readBody, startHttpServer, urlOf } from '../httpServer.ts';
import {
  type AwsCall,
  AwsRefusal,
  type AwsReply,
  type AwsRequest,
  type AwsService,
  type Permission,
} from './awsCall.ts';
import type { CallCounts } from './calls.ts';
import { denialOf, internalErrorOf, throttleOf, transactionConflictOf } from './faultReplies.ts';
import type { Faults, InjectedFault } from './faults.ts';
import { jsonProtocol } from './jsonProtocol.ts';
import { readCredentials } from './sigv4.ts';

const bodyLimitBytes = 20 * 1024 * 1024;

export interface AddressOptions {
  /** By the service of the credential's scope. */
  readonly services: Readonly<Record<string, AwsService>>;
  /** Says whether an access key is one of ours. It is the name of the function. */
  readonly knows: (accessKey: string) => boolean;
  /** @returns the refusal where IAM does not allow the call */
  readonly authorize: (call: AwsCall, permissions: readonly Permission[]) => AwsRefusal | undefined;
  readonly calls: CallCounts;
  readonly faults: Faults;
  /** Ends a worker, for a fault that is a crash. */
  readonly crash: (functionName: string, sessionToken: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** The one address at which every AWS service is. */
export interface AwsAddress {
  readonly url: string;
  /** Where services can be set only after the address is known. */
  serve(options: AddressOptions): void;
  stop(): Promise<void>;
}

/** What a fault does in place of an answer: the connection ends. */
const hangUp = Symbol('hang up');

export async function startAwsAddress(): Promise<AwsAddress> {
  let options: AddressOptions | undefined;
  let stopped = false;
  const server = await startHttpServer(0, (request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      if (!stopped) options?.onError(error); // afterwards there may be no state any more to answer from
      response.destroy();
    });
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    serve: (given) => {
      options = given;
    },
    stop: () => {
      stopped = true;
      return server.stop();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: AddressOptions | undefined,
): Promise<void> {
  const requestId = randomUUID();
  if (options === undefined || !isForThisMachine(request)) {
    response.writeHead(503).end();
    return;
  }
  const reply = await replyTo(await readRequest(request), requestId, options);
  if (reply === hangUp) response.destroy();
  else response.writeHead(reply.status, reply.headers).end(reply.body);
}

async function readRequest(request: IncomingMessage): Promise<AwsRequest> {
  const { pathname, searchParams } = urlOf(request);
  const body = await readBody(request, bodyLimitBytes);
  return { method: request.method ?? 'GET', path: pathname, query: searchParams, headers: request.headers, body };
}

async function replyTo(
  request: AwsRequest,
  requestId: string,
  options: AddressOptions,
): Promise<AwsReply | typeof hangUp> {
  const credentials = readCredentials(request.headers);
  const service = credentials && options.services[credentials.service];
  const { refuse } = service?.protocol ?? jsonProtocol('1.0');
  try {
    if (credentials === undefined)
      throw new AwsRefusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
    if (service === undefined) {
      throw new AwsRefusal('NotImplemented', `The local run does not serve ${credentials.service}`, 501);
    }
    if (!options.knows(credentials.accessKey)) {
      throw new AwsRefusal('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    }
    const caller = { functionName: credentials.accessKey, sessionToken: credentials.sessionToken };
    const read = service.protocol.read(request);
    return await perform({ ...request, ...read, service: credentials.service, caller, requestId }, service, options);
  } catch (error) {
    if (error instanceof AwsRefusal) {
      if (error.status === 501) options.onError(error);
      return refuse(error, requestId);
    }
    options.onError(error);
    return refuse(internalErrorOf(credentials?.service ?? ''), requestId);
  }
}

async function perform(call: AwsCall, service: AwsService, options: AddressOptions): Promise<AwsReply | typeof hangUp> {
  const { functionName, sessionToken } = call.caller;
  options.calls.add(functionName, call.service, call.action);
  const refusal = options.authorize(call, service.permissions(call));
  if (refusal !== undefined) throw refusal;
  const fault = options.faults.strike(call);
  await failBefore(call, fault);
  if (fault?.kind === 'crashBefore') await options.crash(functionName, sessionToken);
  if (fault?.kind === 'crashBefore' || fault?.kind === 'timeoutBefore') return hangUp;
  const reply = await service.perform(call);
  if (fault?.kind === 'crashAfter') await options.crash(functionName, sessionToken);
  return fault?.kind === 'crashAfter' || fault?.kind === 'timeoutAfter' ? hangUp : reply;
}

/** @throws {AwsRefusal} for the faults that are refusals */
async function failBefore(call: AwsCall, fault: InjectedFault | undefined): Promise<void> {
  if (fault?.ms !== undefined || fault?.kind === 'slow') await delay(fault.ms ?? 1000);
  if (fault?.refusal !== undefined) throw fault.refusal;
  if (fault?.kind === 'throttle') throw throttleOf(call.service);
  if (fault?.kind === 'denied') throw denialOf(call.service, 'Refused on order.');
  if (fault?.kind === 'error500') throw internalErrorOf(call.service);
  if (fault?.kind === 'transactionConflict') throw transactionConflictOf(call);
}
