import { execFile } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { Bundles } from '../../infra/bundle.ts';
import { type Comparison, compare } from './ratio.ts';

const run = promisify(execFile);
const pairs = 15;

/** Loads a bundle as Lambda does at a cold start, in a process of its own; prints milliseconds and megabytes. */
const probe = `
const begun = process.hrtime.bigint();
require(process.argv[1]);
const took = Number(process.hrtime.bigint() - begun) / 1e6;
console.log(JSON.stringify({ took, memory: process.memoryUsage().rss / 2 ** 20 }));`;

/** How long each function takes to load, against the least that one with a table can do: the bare DynamoDB client. */
export async function coldStarts(
  bundles: Bundles,
  handlers: readonly string[],
  directory: string,
): Promise<Comparison[]> {
  const floor = await bundleFloor(directory);
  const comparisons: Comparison[] = [];
  for (const handler of handlers) {
    const file = join(bundles(handler), 'index.js');
    const names = { subject: handler, baseline: 'bare DynamoDB client', pairs };
    const load = (path: string) => async () => (await probed(path)).took;
    comparisons.push(await compare({ ...names, name: 'cold start', unit: 'ms' }, load(file), load(floor)));
    const size = (path: string) => async () => statSync(path).size / 1_024;
    comparisons.push(await compare({ ...names, pairs: 1, name: 'bundle size', unit: 'KB' }, size(file), size(floor)));
    const memory = (path: string) => async () => (await probed(path)).memory;
    comparisons.push(await compare({ ...names, pairs: 5, name: 'memory', unit: 'MB' }, memory(file), memory(floor)));
  }
  return comparisons;
}

async function probed(file: string): Promise<{ took: number; memory: number }> {
  const env = { ...process.env, AWS_REGION: 'eu-west-1', NODE_NO_WARNINGS: '1' };
  const { stdout } = await run(process.execPath, ['-e', probe, file], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

async function bundleFloor(directory: string): Promise<string> {
  const folder = join(directory, 'floor');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  const outfile = join(folder, 'index.js');
  await build({
    stdin: {
      contents:
        "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export const client = new DynamoDBClient({});",
      resolveDir: import.meta.dirname,
    },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
  });
  return outfile;
}
