import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LocalService } from '../../../infra/local/localService.ts';

export interface ShellOutcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Has bash run commands as an operator of the service would: `aws` is the stand-in, at the service's AWS address, with
 * credentials that are allowed everything. It ends at the first command that fails.
 */
export async function runAsOperator(service: LocalService, script: string): Promise<ShellOutcome> {
  const commands = mkdtempSync(join(tmpdir(), 'commands-'));
  const standIn = join(import.meta.dirname, 'aws.ts');
  writeFileSync(join(commands, 'aws'), `#!/bin/sh\nexec "${process.execPath}" "${standIn}" "$@"\n`);
  chmodSync(join(commands, 'aws'), 0o755);
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: commands,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${commands}:${dirname(process.execPath)}:${process.env.PATH}`,
      AWS_ACCESS_KEY_ID: 'operator',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: service.awsUrl,
      AWS_DEFAULT_REGION: 'eu-west-1',
    },
  });
  const streams = { out: '', err: '' };
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    streams.out += text;
  });
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    streams.err += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => shell.on('error', reject).on('close', resolve));
  return { code, ...streams };
}
