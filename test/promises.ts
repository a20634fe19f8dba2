import type { TestCase, TestModule } from 'vitest/node';

/** The pages whose rows name tests, which a whole run has to prove. */
export const provenPages = ['docs/promises.md', 'docs/threats.md'];

/** A row of such a page. */
export interface PromiseRow {
  readonly promise: string;
  /** The file that keeps it; undefined where none is named. */
  readonly code: string | undefined;
  readonly proofs: readonly NamedTest[];
}

/** What proves a promise: a file's test or group of that title, or the whole file where no title is told. */
export interface NamedTest {
  readonly file: string;
  readonly title: string | undefined;
}

export function readPromises(markdown: string): PromiseRow[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (promise|threat|---)/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .map(([, promise = '', code = '', proofs = '']) => ({
      promise,
      code: /`([^`]+)`/.exec(code)?.[1],
      proofs: [...proofs.matchAll(/`([^`]+)`(?:\s+"([^"]+)")?/g)].map(([, file = '', title]) => ({ file, title })),
    }));
}

/**
 * Says which promises a run has not proven, a line for each test that they name: of each named test in one of the run's
 * files, unless it ran and passed.
 *
 * @param files that belong to the run, whether they ran or not
 */
export function unprovenPromises(
  promises: readonly PromiseRow[],
  modules: ReadonlyMap<string, TestModule>,
  files: ReadonlySet<string>,
): string[] {
  return promises.flatMap(({ promise, proofs }) =>
    proofs
      .filter(({ file }) => files.has(file))
      .flatMap((proof) => {
        const fault = faultOf(proof, modules.get(proof.file));
        return fault === undefined ? [] : [`Not proven: "${promise}": ${presentTest(proof)} ${fault}`];
      }),
  );
}

function faultOf({ title }: NamedTest, module: TestModule | undefined): string | undefined {
  const all = [...(module?.children.allTests() ?? [])];
  if (all.length === 0 && module?.state() === 'failed') return 'did not load';
  const states = all.filter((test) => title === undefined || isNamed(test, title)).map((test) => test.result().state);
  if (states.length === 0) return 'is missing';
  if (states.includes('failed')) return 'failed';
  return states.every((state) => state === 'passed') ? undefined : 'was skipped';
}

function isNamed(test: TestCase, title: string): boolean {
  for (let named: TestCase | TestCase['parent'] = test; named.type !== 'module'; named = named.parent)
    if (named.name === title) return true;
  return false;
}

function presentTest({ file, title }: NamedTest): string {
  return title === undefined ? file : `${file} "${title}"`;
}
