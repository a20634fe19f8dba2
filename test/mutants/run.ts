import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import configuration from '../../stryker.config.json' with { type: 'json' };
import { changedLines, type LineRange } from './changedLines.ts';
import { type MutationReport, percentNoticed, presentScore, scoreByFolder } from './score.ts';

/** As many as continuous integration has five minutes for. */
const mostMutants = 190;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    changed: { type: 'boolean', default: false },
    base: { type: 'string', default: 'HEAD^1' },
    tell: { type: 'boolean', default: false },
  },
});

/** Per cent of the mutants that tests run. */
const leastNoticed = 95;

/**
 * `npm run test:mutants` mutates every rule, or the files that are named; with `--changed` the lines that differ from
 * `--base` (default: the first parent), up to `mostMutants`. Ends with 1 where fewer than `leastNoticed` are noticed;
 * with `--tell` whoever reads the change judges by the survivors, since of a few lines they are too few for a share.
 */
async function main(): Promise<number> {
  if (!values.changed) return stryker(positionals);
  const changed = changedRules(values.base);
  if (changed.length === 0) console.log(`No rule differs from ${values.base}.`);
  const ranges = await cut(changed);
  return ranges.length > 0 ? stryker(ranges.map(({ file, first, last }) => `${file}:${first}-${last}`)) : 0;
}

function changedRules(base: string): LineRange[] {
  const [wanted, unwanted] = [false, true].map((isNot) =>
    configuration.mutate
      .filter((pattern) => pattern.startsWith('!') === isNot)
      .map((pattern) => pattern.replace(/^!/, '')),
  );
  const known = new Set(globSync(wanted ?? [], { exclude: unwanted ?? [] }));
  const diff = execFileSync('git', ['diff', '--unified=0', '--no-color', base, '--', 'functions'], {
    encoding: 'utf8',
  });
  return changedLines(diff).filter(({ file }) => known.has(file));
}

/** As many of the ranges, from the first on, as hold no more mutants than there is time for. */
async function cut(ranges: readonly LineRange[]): Promise<LineRange[]> {
  const kept: LineRange[] = [];
  let mutants = 0;
  for (const range of ranges) {
    mutants += await countMutants(range);
    if (mutants > mostMutants) {
      console.log(
        `More than ${mostMutants} mutants: ${ranges.length - kept.length} of ${ranges.length} ranges wait for a whole run`,
      );
      break;
    }
    kept.push(range);
  }
  return kept;
}

async function countMutants({ file, first, last }: LineRange): Promise<number> {
  const mutate = [{ start: { line: first - 1, column: 0 }, end: { line: last - 1, column: Number.MAX_SAFE_INTEGER } }];
  const content = readFileSync(file, 'utf8');
  const options = { ignorers: [], excludedMutations: [], plugins: null };
  const { mutants } = await new Instrumenter(silent).instrument([{ name: file, content, mutate }], options);
  return mutants.length;
}

const nothing = () => {};
const isOff = () => false;
const silent = {
  isTraceEnabled: isOff,
  isDebugEnabled: isOff,
  isInfoEnabled: isOff,
  isWarnEnabled: isOff,
  isErrorEnabled: isOff,
  isFatalEnabled: isOff,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};

/** Without files it mutates all that `stryker.config.json` names. */
function stryker(mutate: readonly string[]): number {
  const files = mutate.length > 0 ? ['--mutate', mutate.join(',')] : [];
  const { status } = spawnSync('npx', ['stryker', 'run', ...files], { stdio: 'inherit' });
  if (status !== 0) return status ?? 1;
  const scores = scoreByFolder(JSON.parse(readFileSync(configuration.jsonReporter.fileName, 'utf8')) as MutationReport);
  for (const score of scores) console.log(presentScore(score));
  return values.tell || percentNoticed(scores) >= leastNoticed ? 0 : 1;
}

process.exitCode = await main();
