import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { pageAsset } from '../../functions/rooms/page/pageAsset.ts';
import { roomPage } from '../../functions/rooms/page/roomPage.ts';
import type { RoomFacts, RoomProblem } from '../../functions/rooms/signalling/protocol.ts';
import type { HttpReply } from '../../functions/runtime/http.ts';
import { Refusal } from '../../functions/runtime/refusal.ts';
import type { TestRoom } from './testRoom.ts';

/** What a link answers: the facts of an open room, why it is closed, or that there is no answer now. */
export type Answer =
  | { readonly room: TestRoom; readonly facts?: Partial<RoomFacts> }
  | { readonly problem: RoomProblem | { readonly status: 429 | 503 } };

/** A server that speaks the page's contract, with rooms in memory that tests reach into. */
export interface RoomServer {
  readonly origin: string;
  /** What the page's path answers from now on. */
  answer(path: string, answer: Answer): void;
  /** Refuses new sockets while true, as a service that is away. */
  away: boolean;
  close(): Promise<void>;
}

/** Where a server listens that is reached by a way of its own: at a socket's file, as of an origin. */
export interface Entrance {
  readonly socketPath: string;
  /** Asked once the server listens. */
  readonly originOf: () => Promise<string>;
}

export async function startRoomServer(entrance?: Entrance): Promise<RoomServer> {
  const answers = new Map<string, Answer>();
  const http = createServer((request, response) => reply(request, response, answers, origin));
  const sockets = new WebSocketServer({ noServer: true });
  const origin = entrance ? await listenAt(http, entrance) : await listenLocally(http);
  const server: RoomServer = {
    origin,
    away: false,
    answer: (path, answer) => void answers.set(path, answer),
    close: () => closeAll(http, sockets),
  };
  http.on('upgrade', (request, socket, head) => {
    const wanted = new URL(request.url ?? '', origin).searchParams.get('room');
    const room = [...answers.values()]
      .flatMap((answer) => ('room' in answer ? [answer.room] : []))
      .find(({ id }) => id === wanted);
    if (server.away || !room) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => room.connect(connection));
  });
  return server;
}

async function listenLocally(http: Server): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

async function listenAt(http: Server, { socketPath, originOf }: Entrance): Promise<string> {
  await new Promise<void>((resolve) => http.listen(socketPath, resolve));
  return await originOf();
}

function reply(request: IncomingMessage, response: ServerResponse, answers: Map<string, Answer>, origin: string): void {
  const { pathname } = new URL(request.url ?? '', origin);
  const { accept = '', 'accept-encoding': acceptEncoding = '' } = request.headers;
  const asked = { headers: { accept, 'accept-encoding': String(acceptEncoding) } };
  if (pathname.startsWith('/assets/')) send(response, assetOf(asked, pathname.slice('/assets/'.length)));
  else if (accept.includes('text/html'))
    send(response, roomPage(asked, { linkHost: origin, socketUrl: socketOf(origin) }));
  else send(response, answerOf(answers.get(pathname), origin));
}

function answerOf(answer: Answer | undefined, origin: string): HttpReply {
  const headers = { 'content-type': 'application/json' };
  if (answer === undefined)
    return { status: 404, headers, body: JSON.stringify({ code: 'no-such-room', status: 404 }) };
  if ('problem' in answer) return { status: answer.problem.status, headers, body: JSON.stringify(answer.problem) };
  return { status: 200, headers, body: JSON.stringify(factsOf(answer, origin)) };
}

function socketOf(origin: string): string {
  return `${origin.replace('http', 'ws')}/socket`;
}

/** As the service's door answers. */
function assetOf(asked: Parameters<typeof pageAsset>[0], name: string): HttpReply {
  try {
    return pageAsset(asked, name);
  } catch (error) {
    if (error instanceof Refusal) return { status: 404, headers: { 'content-type': 'application/problem+json' } };
    throw error;
  }
}

function send(response: ServerResponse, { status, headers, body }: HttpReply): void {
  response.writeHead(status, headers).end(body);
}

function factsOf({ room, facts }: Extract<Answer, { room: TestRoom }>, origin: string): RoomFacts {
  return {
    kind: 'meeting',
    room: room.id,
    capacity: room.capacity,
    lobby: room.lobby,
    ...(room.password === undefined ? {} : { isPasswordProtected: true }),
    socketUrl: socketOf(origin),
    iceServers: [],
    ...facts,
  };
}

async function closeAll(http: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
}

/** A path that no other test uses. */
export function newPath(kind: 'm' | 'c' = 'm'): string {
  return kind === 'm' ? `/m/${randomUUID()}.key` : `/c/${randomUUID()}`;
}
