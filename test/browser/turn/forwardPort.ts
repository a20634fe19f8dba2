import { type ChildProcess, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';

/** A port that leads to a socket of a file, which network namespaces do not part. */
export interface ForwardedPort {
  readonly port: number;
  close(): void;
}

/** Opens a port within a network namespace that leads to a socket's file. */
export async function forwardPort(place: string, address: string, socketPath: string): Promise<ForwardedPort> {
  const words = ['netns', 'exec', place, process.execPath, import.meta.filename, address, socketPath];
  const child: ChildProcess = spawn('ip', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => resolve(Number(String(chunk))));
    child.on('exit', (code) => reject(new Error(`The port was not forwarded: ${code}`)));
  });
  return { port, close: () => void child.kill() };
}

/** As a program of its own: `node forwardPort.ts <address> <file>`. */
if (process.argv[1] === import.meta.filename) {
  const [, , host, path = ''] = process.argv;
  const server = createServer((near) => {
    const far = connect(path);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  server.listen(0, host, () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') process.stdout.write(String(address.port));
  });
}
