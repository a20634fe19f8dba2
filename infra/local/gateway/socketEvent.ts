import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SocketPeer } from './connections.ts';
import type { Api } from './httpApi.ts';

/** What is the same in all events of one connection. */
export interface SocketFacts {
  readonly api: Api;
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly identity: SocketPeer;
  /** The host that the client connected to. */
  readonly domainName: string;
}

/** As the gateway makes the ids of requests, messages and connections of a WebSocket API: a `=` at the end, to be escaped in a path. */
export function newSocketId(): string {
  return `${randomBytes(11).toString('base64').replaceAll('+', 'A').replaceAll('/', 'B').slice(0, 15)}=`;
}

/** The event of `$connect`, with the headers in the case in which they came. */
export function connectEvent(facts: SocketFacts, requestId: string, request: IncomingMessage, url: URL): unknown {
  const { headers, multiValueHeaders } = headersOf(request);
  const names = [...new Set(url.searchParams.keys())];
  const all = names.map((name) => [name, url.searchParams.getAll(name)] as const);
  return {
    headers,
    multiValueHeaders,
    ...(all.length > 0 && {
      queryStringParameters: Object.fromEntries(all.map(([name, values]) => [name, values.at(-1)])),
      multiValueQueryStringParameters: Object.fromEntries(all),
    }),
    requestContext: contextOf(facts, requestId, '$connect', 'CONNECT'),
    isBase64Encoded: false,
  };
}

export function messageEvent(facts: SocketFacts, requestId: string, routeKey: string, body: string): unknown {
  const context = contextOf(facts, requestId, routeKey, 'MESSAGE');
  return { requestContext: { ...context, messageId: newSocketId() }, body, isBase64Encoded: false };
}

/** @param code of the close frame; 1006 where the connection broke */
export function disconnectEvent(facts: SocketFacts, requestId: string, code: number, reason: string): unknown {
  const context = contextOf(facts, requestId, '$disconnect', 'DISCONNECT');
  return {
    headers: { Host: facts.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
    requestContext: { ...context, disconnectStatusCode: code, disconnectReason: reason },
    isBase64Encoded: false,
  };
}

function contextOf(
  { api, connectionId, connectedAt, identity, domainName }: SocketFacts,
  requestId: string,
  routeKey: string,
  eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT',
) {
  const now = Date.now();
  return {
    routeKey,
    eventType,
    extendedRequestId: requestId,
    requestTime: new Date(now).toUTCString(),
    messageDirection: 'IN',
    stage: api.stageName,
    connectedAt,
    requestTimeEpoch: now,
    identity,
    requestId,
    domainName,
    connectionId,
    apiId: api.id,
  };
}

function headersOf({ rawHeaders, socket }: IncomingMessage) {
  const multiValueHeaders: Record<string, string[]> = {
    'X-Forwarded-For': [socket.remoteAddress ?? '127.0.0.1'],
    'X-Forwarded-Port': [String(socket.localPort ?? '')],
    'X-Forwarded-Proto': ['http'],
  };
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (/^(connection|upgrade)$/i.test(name)) continue;
    multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), rawHeaders[index + 1] ?? ''];
  }
  const last = Object.entries(multiValueHeaders).map(([name, values]) => [name, values.at(-1) ?? ''] as const);
  return { headers: Object.fromEntries(last), multiValueHeaders };
}
