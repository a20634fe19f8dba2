import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { leadNamesHere, type NamesHere } from '../../infra/local/network/namesHere.ts';

const pem = (name: string) => readFileSync(join(import.meta.dirname, 'certificate', `${name}.pem`), 'utf8');

/** The certificate of the receivers of tests, which vouches for itself. */
export const certificate = pem('certificate');

/** A call as a receiver got it. */
export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Answering = (response: ServerResponse, received: Received) => void;

export interface Receiver {
  readonly received: Received[];
  /** Where its names lead. */
  readonly namesHere: NamesHere;
  /** How calls are answered from now on. */
  answer(how: Answering): void;
  stop(): Promise<void>;
}

export const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}): Answering =>
  (response) => {
    response.writeHead(status, headers).end();
  };

/** Other systems, at `hooks.example.org` and `other.example.org`: real TLS, on this machine. */
export async function startReceiver(hosts = ['hooks.example.org', 'other.example.org']): Promise<Receiver> {
  const received: Received[] = [];
  let how = answering(204);
  const server = createServer({ key: pem('key'), cert: certificate }, async (request, response) => {
    const call = { path: String(request.url), headers: headersOf(request), body: await bodyOf(request) };
    received.push(call);
    how(response, call);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const namesHere = { ports: Object.fromEntries(hosts.map((host) => [host, port])), authorities: [certificate] };
  const undo = leadNamesHere(namesHere);
  return {
    received,
    namesHere,
    answer: (next) => {
      how = next;
    },
    stop: async () => {
      undo();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
