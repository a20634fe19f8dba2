import { createServer, type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import { type AddressInfo, connect } from 'node:net';

interface Asked {
  readonly host: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

interface Answer {
  readonly status: number;
  /** JSON, or text as it is. */
  readonly body: unknown;
}

/** How it behaves: an answer, or `silent`, or `hangUp`. */
type Behaviour = ((asked: Asked) => Answer) | 'silent' | 'hangUp';

export interface Bitly {
  readonly asked: Asked[];
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

export const made = (link: string) => (): Answer => ({ status: 201, body: { link, id: link.slice(8) } });

/** Stands in for Bitly: whatever this process sends by https comes here, without TLS and whomever it is sent to. */
export async function startBitly(): Promise<Bitly> {
  const asked: Asked[] = [];
  let behaviour: Behaviour = made('https://bit.ly/abc123');
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString() || '{}');
    const { headers, url: path } = request;
    asked.push({ host: headers.host, path, headers, body });
    if (behaviour === 'hangUp') response.destroy();
    if (typeof behaviour === 'string') return;
    const answer = behaviour({ host: headers.host, path, headers, body });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const usual = https.globalAgent;
  https.globalAgent = Object.assign(new https.Agent(), { createConnection: () => connect(port, '127.0.0.1') });
  return {
    asked,
    behave: (given) => {
      behaviour = given;
    },
    stop: async () => {
      https.globalAgent = usual;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
