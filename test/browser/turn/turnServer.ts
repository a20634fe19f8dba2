import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Certificate } from './authority.ts';
import { hubAddress, relayAddress } from './separateNetworks.ts';

export interface TurnServerOptions {
  /** The network namespace that it serves in. */
  readonly place: string;
  /** What it checks credentials by. */
  readonly secret: string;
  readonly certificate: Certificate;
  /** For its files. */
  readonly directory: string;
}

/** Debian's coturn as an operator sets it up; it is stopped and started again by tests. */
export class TurnServer {
  readonly #options: TurnServerOptions;
  #process: ChildProcess | undefined;
  #log = '';

  constructor(options: TurnServerOptions) {
    this.#options = options;
  }

  /** What it has said since it was first started. */
  get log(): string {
    return this.#log;
  }

  /** Resolves once it serves. */
  async start(): Promise<void> {
    const { place, secret, certificate, directory } = this.#options;
    const words = ['-n', '--no-cli', '--no-dtls', '--fingerprint', '--verbose', '--simple-log', '--log-file=stdout'];
    const options = {
      'listening-ip': hubAddress,
      'relay-ip': relayAddress,
      'listening-port': 3478,
      'tls-listening-port': 5349,
      realm: 'example.org',
      'static-auth-secret': secret,
      cert: certificate.cert,
      pkey: certificate.key,
      userdb: join(directory, 'turndb'),
      pidfile: join(directory, 'turnserver.pid'),
    };
    const all = [
      ...words,
      '--use-auth-secret',
      ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    ];
    const started = spawn('ip', ['netns', 'exec', place, 'turnserver', ...all], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = started;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      const listen = (chunk: Buffer) => {
        said += chunk;
        this.#log += chunk;
        if (/TLS[^\n]*listener opened on[^\n]*:5349/.test(said)) resolve();
      };
      started.stdout.on('data', listen);
      started.stderr.on('data', listen);
      started.on('exit', (code) => reject(new Error(`coturn ended with ${code}: ${said}`)));
    });
  }

  /** Ends it at once, with all that it relays. */
  async stop(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}
