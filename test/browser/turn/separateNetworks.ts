import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What everybody reaches: the rooms' server and the TURN server. Of the range for tests of networks (RFC 2544). */
export const hubAddress = '198.18.0.1';

/** Where the TURN server sends from, and is sent to by itself alone: nobody else has a route to it. */
export const relayAddress = '198.18.3.1';

/** Two people's own addresses. */
export const ownAddresses = ['198.18.1.2', '198.18.2.2'] as const;

const commands = ['ip', 'turnserver', 'openssl', 'certutil'];

/** What this machine lacks to have networks of its own and a TURN server in them; undefined where it has all. */
export function whatIsMissing(): string | undefined {
  const absent = commands.filter((command) => spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0);
  if (absent.length > 0) return `there is no ${absent.join(', no ')} here (.ci/installCoturn)`;
  const probe = `probe-${process.pid}`;
  const { status, stderr } = spawnSync('ip', ['netns', 'add', probe], { encoding: 'utf8' });
  if (status === 0) ip('netns', 'delete', probe);
  return status === 0 ? undefined : `no network namespace can be made here: ${stderr.trim()}`;
}

/**
 * Two networks that reach a hub, and neither each other nor what the hub relays from: whoever meets across them meets
 * through the TURN server (ip-netns(8)).
 */
export class SeparateNetworks {
  readonly hub = `hub-${process.pid}`;
  readonly places = [`here-${process.pid}`, `there-${process.pid}`] as const;

  constructor() {
    for (const name of [this.hub, ...this.places]) {
      ip('netns', 'add', name);
      ip('-n', name, 'link', 'set', 'lo', 'up');
    }
    for (const address of [hubAddress, relayAddress])
      ip('-n', this.hub, 'address', 'add', `${address}/32`, 'dev', 'lo');
    for (const [index, place] of this.places.entries()) this.#connect(place, index + 1);
  }

  #connect(place: string, number: number): void {
    const [near, own] = [`198.18.${number}.1`, `198.18.${number}.2`];
    const cable = `cable${number}`;
    ip('link', 'add', cable, 'netns', this.hub, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', place);
    ip('-n', this.hub, 'address', 'add', `${near}/24`, 'dev', cable);
    ip('-n', this.hub, 'link', 'set', cable, 'up');
    ip('-n', place, 'address', 'add', `${own}/24`, 'dev', 'eth0');
    ip('-n', place, 'link', 'set', 'eth0', 'up');
    ip('-n', place, 'route', 'add', `${hubAddress}/32`, 'via', near);
  }

  /** Whether an address can be sent to from a place at all. */
  reaches(place: string, address: string): boolean {
    return spawnSync('ip', ['-n', place, 'route', 'get', address]).status === 0;
  }

  /** A program that runs another within a place, with what it is given. @param directory to write it to */
  programWithin(place: string, program: string, directory: string): string {
    const path = join(directory, place);
    writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${place} ${program} "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  remove(): void {
    for (const name of [this.hub, ...this.places]) spawnSync('ip', ['netns', 'delete', name]);
  }
}

function ip(...words: readonly string[]): void {
  execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}
