import { type ChildProcess, spawn } from 'node:child_process';

/**
 * The shell that stands between us and a program: it reads our end of a pipe and kills the program when that closes, which the
 * kernel does for us however we die, `kill -9` included. The program is started first so that it does not inherit the pipe.
 */
const guard = `
"$@" & program=$!
exec 3<&0
( read -r _ <&3; kill -9 "$program" ) 2>/dev/null & watcher=$!
wait "$program"; status=$?
kill "$watcher" 2>/dev/null
exit "$status"`;

export interface BoundProcess {
  /** Its process group, which is gone when the program is. */
  readonly groupId: number;
  readonly stdout: NodeJS.ReadableStream;
  readonly stderr: NodeJS.ReadableStream;
  /** Settles when the program has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a program that ends with this process.
 *
 * It has a session of its own, so that a Ctrl-C in the terminal reaches us alone and we end it in our own order.
 */
export function startBoundProcess(
  command: string,
  commandArguments: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): BoundProcess {
  const child = spawn('/bin/sh', ['-c', guard, 'guard', command, ...commandArguments], {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = whenEnded(child);
  return {
    groupId: child.pid ?? 0,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    stop: async () => {
      child.stdin.destroy();
      await ended;
    },
  };
}

function whenEnded(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => {
      child.stdin?.destroy();
      resolve();
    });
  });
}
