import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { ClientMessage, ServerMessage } from '../../functions/rooms/signalling/protocol.ts';

type Handler = (event: unknown) => Promise<{ statusCode: number }>;

/** A browser's end of a socket. */
export interface TestSocket {
  readonly connectionId: string;
  /** What it was sent, in order. */
  readonly received: ServerMessage[];
  readonly isOpen: boolean;
}

/** What the gateway does for the rooms: it calls their handlers, and takes what they post. */
export interface TestSockets {
  /** Opens a socket, each from an address of its own but where one is given. @returns undefined where it is refused */
  open(query: Record<string, string>, from?: Partial<Caller>): Promise<TestSocket | undefined>;
  /** An object is sent as JSON, text as it is. */
  send(socket: TestSocket, message: ClientMessage | object | string): Promise<number>;
  /** Ends a connection; without a code, the network went away. */
  close(socket: TestSocket, code?: number): Promise<number>;
  /** Ends a connection without `$disconnect`, whose delivery AWS does not promise. */
  crash(socket: TestSocket): void;
  /** How long posts take from here on, in milliseconds, one after the other and from the beginning again. */
  slowPosts(delays: readonly number[]): void;
  /** How many posts fail from here on. */
  failPosts(count: number): void;
  /** What EventBridge Scheduler was asked to do, by the schedule's name: when, and what it then says. */
  readonly schedules: ReadonlyMap<string, { readonly at: Date; readonly input: unknown }>;
  failSchedules(count: number): void;
  stop(): Promise<void>;
}

interface Caller {
  readonly headers: Record<string, string>;
  readonly address: string;
}

interface Connection {
  readonly connectionId: string;
  readonly received: ServerMessage[];
  isOpen: boolean;
}

/** Starts the gateway's management API; call it before a handler is imported. */
export async function startSockets(): Promise<TestSockets> {
  const connections = new Map<string, Connection>();
  const schedules = new Map<string, { at: Date; input: unknown }>();
  let [opened, failures, scheduleFailures, posts] = [0, 0, 0, 0];
  let delays: readonly number[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then(async (text) => {
      const [, schedule] = request.url?.split('/schedules/') ?? [];
      if (schedule !== undefined) {
        const refusal = scheduleFailures > 0 ? 'InternalServerException' : keep(schedules, schedule, request, text);
        scheduleFailures = Math.max(0, scheduleFailures - 1);
        response.writeHead(refusal ? 400 : 200, refusal ? { 'x-amzn-errortype': refusal } : {});
        response.end('{"ScheduleArn": "arn"}');
        return;
      }
      posts += 1;
      const delay = delays[posts % delays.length];
      if (delay) await setTimeout(delay);
      const connection = connections.get(decodeURIComponent(request.url?.split('/@connections/')[1] ?? ''));
      if (failures > 0 && request.method === 'POST') {
        failures -= 1;
        response.writeHead(400, { 'x-amzn-errortype': 'ForbiddenException' }).end('{}');
      } else if (!connection?.isOpen) {
        response.writeHead(410, { 'x-amzn-errortype': 'GoneException' }).end('{}');
      } else if (request.method === 'DELETE') {
        connection.isOpen = false;
        response.writeHead(204).end();
      } else {
        connection.received.push(JSON.parse(text) as ServerMessage);
        response.writeHead(200).end();
      }
    });
  });
  const endpoint = await listening(server);
  Object.assign(process.env, {
    SOCKET_ENDPOINT: `${endpoint}/rooms`,
    AWS_ENDPOINT_URL_SCHEDULER: endpoint,
    ROOM_SCHEDULE_GROUP: 'rooms',
    ROOM_SCHEDULE_ROLE_ARN: 'arn:aws:iam::000000000000:role/rooms',
    ROOM_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:000000000000:function:onRoomDue',
    ROOM_FAILURE_QUEUE_ARN: 'arn:aws:sqs:eu-west-1:000000000000:failures',
  });
  const { connect, join, signal, down } = await handlers();

  const contextOf = (connectionId: string) => ({ connectionId, identity: { sourceIp: '192.0.2.1' } });
  return {
    async open(query, { headers = { Origin: 'https://meet.example.org' }, address } = {}) {
      opened += 1;
      const sourceIp = address ?? `198.51.${Math.floor(opened / 250)}.${opened % 250}`;
      const connection: Connection = { connectionId: `connection-${opened}=`, received: [], isOpen: false };
      const event = {
        requestContext: { routeKey: '$connect', connectionId: connection.connectionId, identity: { sourceIp } },
        headers,
        queryStringParameters: query,
        isBase64Encoded: false,
      };
      const { statusCode } = await connect(event);
      if (statusCode !== 200) return undefined;
      connection.isOpen = true;
      connections.set(connection.connectionId, connection);
      return connection;
    },
    async send(socket, message) {
      const body = typeof message === 'string' ? message : JSON.stringify(message);
      // As the gateway chooses by `$request.body.action`.
      const isJoin = typeof message === 'object' && 'action' in message && message.action === 'join';
      const routeKey = isJoin ? 'join' : '$default';
      const event = { requestContext: { routeKey, ...contextOf(socket.connectionId) }, body, isBase64Encoded: false };
      return (await (isJoin ? join : signal)(event)).statusCode;
    },
    async close({ connectionId }, code) {
      const connection = connections.get(connectionId);
      if (connection) connection.isOpen = false;
      const context = { routeKey: '$disconnect', ...contextOf(connectionId), disconnectStatusCode: code ?? 1006 };
      return (await down({ requestContext: context, isBase64Encoded: false })).statusCode;
    },
    crash({ connectionId }) {
      const connection = connections.get(connectionId);
      if (connection) connection.isOpen = false;
    },
    slowPosts(these) {
      delays = these;
    },
    failPosts(count) {
      failures = count;
    },
    schedules,
    failSchedules(count) {
      scheduleFailures = count;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** @returns the error that Scheduler answers with */
function keep(
  schedules: Map<string, { at: Date; input: unknown }>,
  name: string,
  { method }: IncomingMessage,
  text: string,
): string | undefined {
  if (method === 'DELETE') return schedules.delete(name.split('?')[0] ?? '') ? undefined : 'ResourceNotFoundException';
  const { ScheduleExpression, Target } = JSON.parse(text);
  const [, moment] = /^at\(([-0-9T:]{19})\)$/.exec(ScheduleExpression) ?? [];
  const at = new Date(`${moment}Z`);
  if (!(at > new Date())) return 'ValidationException';
  if (method === 'POST' && schedules.has(name)) return 'ConflictException';
  schedules.set(name, { at, input: JSON.parse(Target.Input) });
  return undefined;
}

async function handlers(): Promise<Record<'connect' | 'join' | 'signal' | 'down', Handler>> {
  const { handler: connect } = await import('../../functions/handlers/socket/onConnect.handler.ts');
  const { handler: join } = await import('../../functions/handlers/socket/onSessionRegistered.handler.ts');
  const { handler: signal } = await import('../../functions/handlers/socket/onSignal.handler.ts');
  const { handler: down } = await import('../../functions/handlers/socket/onSessionDown.handler.ts');
  return { connect, join, signal, down };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
