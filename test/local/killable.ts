import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/**
 * Runs a program in a process of its own, for a test to kill; it is killed when the test has finished, at the latest.
 *
 * @returns once it has written its first line, with the JSON of that
 */
export async function runKillable<Said>(
  program: string,
  ...options: string[]
): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(process.execPath, [program, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return { child, said: JSON.parse(String(line)) };
}
