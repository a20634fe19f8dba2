import { buildSync } from 'esbuild';

let program: string | undefined;

/**
 * Gives what runs in every worker as one text of CommonJS.
 *
 * It is built, not named as a file, because Node 20 starts no worker from TypeScript; and so that it needs no loader, which would
 * cost each worker more than the function's own bundle.
 */
export function workerProgram(): string {
  program ??= buildSync({
    entryPoints: [new URL('worker.ts', import.meta.url).pathname],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    write: false,
  }).outputFiles[0]?.text;
  if (program === undefined) throw new Error('esbuild gave no worker program');
  return program;
}
