import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasSignInPages, httpApisIn } from './assembly/cloudAssembly.ts';
import type { CleanupStack } from './cleanupStack.ts';
import type { Deployment } from './deployment.ts';
import { startHttpServer } from './httpServer.ts';

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** What a server answers before what is behind it runs. */
export const closedDoor: Listener = (_, response) => response.writeHead(503).end();

/** A server that listens, and that answers 503 until it is opened. */
interface FurtherServer {
  /** Without a trailing slash. */
  readonly url: string;
  open(door: Listener): void;
}

/** The servers of a deployment beside those that each has: an origin each. */
export interface FurtherServers {
  readonly apis: readonly (FurtherServer & { readonly logicalId: string })[];
  /** Undefined where nobody signs in on pages. */
  readonly signIn: FurtherServer | undefined;
}

/** Starts a server for each HTTP API of the template but the first, and one for the sign-in pages of its user pools. */
export async function startFurtherServers(
  { assembly }: Deployment,
  { furtherPort }: { readonly furtherPort?: number },
  cleanup: CleanupStack,
): Promise<FurtherServers> {
  const [, ...others] = httpApisIn(assembly.template);
  const portAt = (index: number) => (furtherPort === undefined ? 0 : furtherPort + index);
  const apis = [];
  for (const [index, logicalId] of others.entries()) {
    apis.push({ logicalId, ...(await startServer(portAt(index), cleanup)) });
  }
  const signIn = hasSignInPages(assembly.template) ? await startServer(portAt(others.length), cleanup) : undefined;
  return { apis, signIn };
}

async function startServer(port: number, cleanup: CleanupStack): Promise<FurtherServer> {
  let door = closedDoor;
  const server = await startHttpServer(port, (request, response) => door(request, response));
  cleanup.add(server.stop);
  return {
    url: `http://127.0.0.1:${server.port}`,
    open: (opened) => {
      door = opened;
    },
  };
}
