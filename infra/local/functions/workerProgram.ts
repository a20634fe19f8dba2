import { buildSync } from 'esbuild';

let program: string | undefined;

/**
 * Gives what runs in every worker as one text of CommonJS.
 *
 * It is built, not named as a file, so that a worker reads one text and need not strip the types of each module, which would cost
 * it more than the function's own bundle.
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
