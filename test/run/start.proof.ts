import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { findFreePort } from '../../infra/local/freePort.ts';
import { startHttpServer } from '../../infra/local/httpServer.ts';
import { within } from '../journeys/journey.ts';
import { temporaryDirectory } from '../local/temporaryDirectory.ts';

const program = (name: string) => join(import.meta.dirname, '..', '..', 'infra', 'run', name);

describe('npm start', () => {
  test('runs the service, says how to use it, and ends in order', async () => {
    const state = temporaryDirectory();
    const port = await findFreePort();
    const { child, said } = await start(state, ['--port', String(port)]);

    const [toPaste = ''] = /^TOKEN=.*/ms.exec(said) ?? [];
    expect(toPaste).toContain(`curl -i http://127.0.0.1:${port}/meetings`);
    const answer = await promisify(execFile)('bash', ['-c', toPaste]);
    expect(answer.stdout).toMatch(/^HTTP\/1\.1 201 /);
    await vi.waitFor(() => {
      const mails = readdirSync(join(state, 'mails')).filter((name) => name.endsWith('.eml'));
      const recipients = mails.map(
        (name) => /^To: .*<(.*)>/m.exec(readFileSync(join(state, 'mails', name), 'utf8'))?.[1],
      );
      expect(recipients.sort()).toEqual(['alice@example.org', 'ana@example.org']);
    }, within);
    const own = await promisify(execFile)(process.execPath, [program('token.ts'), 'bob'], environment(state));
    const list = await fetch(`http://127.0.0.1:${port}/users/me`, {
      headers: { authorization: `Bearer ${own.stdout.trim()}` },
    });
    expect(list.status).toBe(200);

    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(readdirSync(state).filter((name) => name.startsWith('lock.'))).toEqual([]);
  }, 120_000);

  test('says what is wrong with what it is told', async () => {
    const state = temporaryDirectory();
    const { port, stop } = await startHttpServer(0, () => {});
    onTestFinished(stop);

    await expect(start(state, ['--port', String(port)])).rejects.toThrow(`Port ${port} is in use by another program`);
    await expect(start(state, ['--fault', 'ses=explode'])).rejects.toThrow('"ses=explode" is no fault');
    await expect(start(state, ['--port', '0x'])).rejects.toThrow('--port 0x is no port');
  }, 60_000);
});

function environment(state: string) {
  return { env: { ...process.env, LOCAL_STATE: state } };
}

/** Starts it and waits for its last line. @throws with what it said where it ends before */
async function start(state: string, options: readonly string[]): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [program('start.ts'), ...options], environment(state));
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (/^ {2}-d '.*'$/m.test(said)) resolve({ child, said });
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', () => reject(new Error(said)));
  });
}
