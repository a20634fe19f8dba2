import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotli, contentSecurityPolicy } from 'virtual:roomPage';
import { WebSocketServer } from 'ws';
import type { RoomFacts, RoomProblem } from '../../functions/rooms/signalling/protocol.ts';
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

export async function startRoomServer(): Promise<RoomServer> {
  const answers = new Map<string, Answer>();
  const http = createServer((request, response) => reply(request, response, answers, origin));
  const sockets = new WebSocketServer({ noServer: true });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
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

function reply(request: IncomingMessage, response: ServerResponse, answers: Map<string, Answer>, origin: string): void {
  const { pathname } = new URL(request.url ?? '', origin);
  if (request.headers.accept?.includes('text/html')) {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'br',
      'content-security-policy': contentSecurityPolicy(`${origin.replace('http', 'ws')}/`),
      vary: 'accept',
    });
    response.end(Buffer.from(brotli, 'base64'));
    return;
  }
  const answer = answers.get(pathname) ?? { problem: { code: 'no-such-room', status: 404 } as const };
  const [status, body] = 'problem' in answer ? [answer.problem.status, answer.problem] : [200, factsOf(answer, origin)];
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function factsOf({ room, facts }: Extract<Answer, { room: TestRoom }>, origin: string): RoomFacts {
  return {
    kind: 'meeting',
    room: room.id,
    capacity: room.capacity,
    lobby: room.lobby,
    socketUrl: `${origin.replace('http', 'ws')}/socket`,
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
