import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/**
 * Runs a program in a process of its own, for a test to kill; it is killed when the test has finished, at the latest.
 *
 * @returns once it has written its first line, with the JSON of that
 * @throws where it ends without a line; what it complains of is on the test's own stderr
 */
export async function runKillable<Said>(
  program: string,
  ...options: string[]
): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(process.execPath, [program, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const end = new AbortController();
  child.once('exit', (code, signal) => end.abort(new Error(`${program} ended with ${code ?? signal} without a line`)));
  const [line] = await once(child.stdout, 'data', { signal: end.signal }).catch(() => {
    throw end.signal.reason;
  });
  return { child, said: JSON.parse(String(line)) };
}
