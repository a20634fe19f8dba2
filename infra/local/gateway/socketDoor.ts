import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { arnOf } from '../assembly/place.ts';
import type { LocalFunction } from '../functions/functionPool.ts';
import type { InvocationOutcome } from '../functions/functionWorker.ts';
import { isForThisMachine, urlOf } from '../httpServer.ts';
import type { Connections } from './connections.ts';
import type { Api, GatewayRoute } from './httpApi.ts';
import { type GatewayReply, readProxyResponse } from './httpReply.ts';
import { connectEvent, disconnectEvent, messageEvent, newSocketId, type SocketFacts } from './socketEvent.ts';
import { keepSocket, messageLimitBytes, type SocketLimits } from './socketLife.ts';
import { createThrottle, type Throttle } from './throttle.ts';

export interface SocketDoorOptions {
  readonly api: Api;
  readonly server: Server;
  readonly connections: Connections;
  readonly functionByArn: (arn: string) => LocalFunction | undefined;
  /** Says whether a function lets the gateway invoke it for a route, given as an ARN. */
  readonly mayInvoke: (functionArn: string, sourceArn: string) => boolean;
  readonly limits: SocketLimits;
  readonly onError: (error: unknown) => void;
}

export interface SocketDoor {
  /** Closes every connection, and settles when their `$disconnect` has been carried out. */
  stop(): Promise<void>;
}

/** Opens a WebSocket API on a server: `$connect` judges the upgrade, routes take the messages, `$disconnect` hears of the end. */
export function openSocketDoor(options: SocketDoorOptions): SocketDoor {
  const { api, server, connections } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageLimitBytes,
    // The gateway speaks a subprotocol only where `$connect` chose one.
    handleProtocols: (_, request) => chosenProtocols.get(request) ?? false,
  });
  const chosenProtocols = new WeakMap<IncomingMessage, string>();
  const routes = new Map(api.routes.map((route) => [route.routeKey, route]));
  const throttles = new Map<GatewayRoute, Throttle>(
    api.routes.map((route) => [route, createThrottle(route.throttling)]),
  );
  const ending = new Set<Promise<unknown>>();

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    connect(request, stream, head).catch((error: unknown) => {
      options.onError(error);
      refuse(stream, 500, 'Internal server error');
    });
  });

  async function connect(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const url = urlOf(request);
    const isOurs = isForThisMachine(request) && url.pathname.replace(/\/$/, '') === `/${api.stageName}`;
    if (!isOurs) return refuse(stream, 403, 'Forbidden');
    const facts: SocketFacts = {
      api,
      connectionId: newSocketId(),
      connectedAt: Date.now(),
      identity: {
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      domainName: request.headers.host ?? '',
    };
    const route = routes.get('$connect');
    if (route !== undefined) {
      if (throttles.get(route)?.(Date.now()) === false) return refuse(stream, 429, 'Too Many Requests');
      const outcome = await invoke(route, connectEvent(facts, newSocketId(), request, url));
      const reply = outcome?.ok ? readProxyResponse(outcome.payload) : undefined;
      if (reply === undefined) return refuse(stream, 502, 'Internal server error');
      if (reply.status < 200 || reply.status > 299) return refuse(stream, reply.status, undefined, reply);
      const protocol = reply.headers['sec-websocket-protocol'];
      if (typeof protocol === 'string') chosenProtocols.set(request, protocol);
    }
    if (stream.destroyed) return disconnect(facts, 1006, 'Connection Closed Abnormally');
    sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, request, facts));
  }

  function accept(socket: WebSocket, request: IncomingMessage, facts: SocketFacts): void {
    const { connectionId, connectedAt, identity } = facts;
    const life = keepSocket(socket, request.socket, options.limits);
    connections.add({ id: connectionId, identity, connectedAt, ...life });
    socket.on('message', (data) => {
      if (socket.readyState === socket.OPEN) track(receive(socket, facts, textOf(data)));
    });
    socket.on('close', (code, reason) => {
      connections.remove(connectionId);
      track(disconnect(facts, code === 1005 ? 1000 : code, reason.toString() || 'Connection Closed'));
    });
  }

  async function receive(socket: WebSocket, facts: SocketFacts, body: string): Promise<void> {
    const requestId = newSocketId();
    const tell = (message: string) =>
      socket.send(JSON.stringify({ message, connectionId: facts.connectionId, requestId }));
    const route = routes.get(selectedKey(api.routeSelection ?? '', body) ?? '$default') ?? routes.get('$default');
    if (route === undefined) return tell('Forbidden');
    if (throttles.get(route)?.(Date.now()) === false) return tell('Too Many Requests');
    const outcome = await invoke(route, messageEvent(facts, requestId, route.routeKey, body));
    if (!outcome?.ok && socket.readyState === socket.OPEN) tell('Internal server error');
  }

  async function disconnect(facts: SocketFacts, code: number, reason: string): Promise<void> {
    const route = routes.get('$disconnect');
    if (route !== undefined) await invoke(route, disconnectEvent(facts, newSocketId(), code, reason));
  }

  async function invoke(
    { routeKey, functionArn }: GatewayRoute,
    event: unknown,
  ): Promise<InvocationOutcome | undefined> {
    const target = options.functionByArn(functionArn);
    const sourceArn = arnOf('execute-api', `${api.id}/${api.stageName}/${routeKey}`);
    if (target !== undefined && options.mayInvoke(functionArn, sourceArn)) return target.invoke(event);
    options.onError(new Error(`The API may not invoke ${functionArn} for ${routeKey}`));
    return undefined;
  }

  function track(work: Promise<void>): void {
    const tracked: Promise<unknown> = work.catch(options.onError).finally(() => ending.delete(tracked));
    ending.add(tracked);
  }

  return {
    stop: async () => {
      const closed = [...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets.clients) socket.terminate();
      await Promise.all(closed);
      await Promise.all(ending);
    },
  };
}

/** What `$request.body.action` selects of a JSON message; undefined where that is no text. */
function selectedKey(expression: string, body: string): string | undefined {
  const path = /^\$request\.body\.([\w.]+)$/.exec(expression)?.[1]?.split('.') ?? [];
  try {
    let value: unknown = JSON.parse(body);
    for (const name of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}

/** Answers an upgrade with a plain HTTP refusal. */
function refuse(stream: Duplex, status: number, message: string | undefined, reply?: GatewayReply): void {
  const body = reply?.body.toString() ?? JSON.stringify({ message });
  stream.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
