import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';

/** An HTTP server that only this machine can reach. */
export interface HttpServer {
  readonly server: Server;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 *
 * @param port 0 for any that is free
 * @throws where the port is taken
 */
export async function startHttpServer(port: number, listener: RequestListener): Promise<HttpServer> {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw new Error(`Port ${port} ${isTaken ? 'is in use by another program' : 'cannot be listened on'}`, {
      cause: error,
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return {
    server,
    port: address.port,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

/**
 * Says whether a request names this machine as its host.
 *
 * A page elsewhere can make a browser ask us under a name of its own that resolves to 127.0.0.1; it cannot choose the Host header.
 */
export function isForThisMachine({ headers }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');
}

/** What a request asks for; a path that begins with two slashes names no other host. */
export function urlOf({ url = '/', headers }: IncomingMessage): URL {
  return new URL(`http://${headers.host ?? '127.0.0.1'}${url.startsWith('/') ? url : '/'}`);
}

/** @throws {BodyTooLarge} as soon as more than the limit has come */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limitBytes) throw new BodyTooLarge(`The body has more than ${limitBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}
