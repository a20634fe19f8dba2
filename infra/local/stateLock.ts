import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a state folder for this process alone.
 *
 * Each process enters a file named after itself before it looks for others, so that two that start together cannot both win. A file of a
 * process that is no more, as a `kill -9` leaves it, is taken away.
 *
 * @returns what gives the folder back
 * @throws where another process has it
 */
export function lockState(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const own = join(directory, `lock.${process.pid}`);
  if (!takeLock(own)) throw new Error(`${directory} is in use by this process already`);
  const release = () => rmSync(own, { force: true });
  for (const file of readdirSync(directory)) {
    const pid = Number(/^lock\.(\d+)$/.exec(file)?.[1]);
    if (Number.isNaN(pid) || pid === process.pid) continue;
    if (isTheOneThatEntered(pid, join(directory, file))) {
      release();
      throw new Error(`${directory} is in use by process ${pid}: stop that first, or choose another folder`);
    }
    rmSync(join(directory, file), { force: true });
  }
  return release;
}

function takeLock(own: string): boolean {
  const birth = birthOf(process.pid) ?? '';
  try {
    writeFileSync(own, birth, { flag: 'wx' });
    return true;
  } catch {
    if (readFileSync(own, 'utf8') === birth) return false;
    writeFileSync(own, birth); // left by a process that had our number before
    return true;
  }
}

/** Numbers of processes are used again: the process must be as old as the one that entered. */
function isTheOneThatEntered(pid: number, file: string): boolean {
  const birth = birthOf(pid);
  return birth !== undefined && birth === readFileSync(file, 'utf8');
}

/** @returns when the process began, empty where the system does not tell; undefined where there is no such process */
function birthOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch {
    return undefined;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } }).trim();
  } catch {
    return '';
  }
}
