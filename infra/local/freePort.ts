import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds a port that nothing listens on now; another process may still take it first, so whoever uses it must be ready to ask again. */
export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('The probe for a free port has no TCP address');
  return address.port;
}
