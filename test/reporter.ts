import { join } from 'node:path';
import type { Reporter, TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node';
import { faultsOf, presentLists, readPermissionLists } from './local/iam/permissionLists.ts';
import { unusedGrants } from './local/iam/unusedGrants.ts';

export interface ClosingLineOptions {
  /** Whether all tests together use every grant of the template. Default false. */
  readonly usesEveryGrant?: boolean;
}

/**
 * Ends a run with why a test failed that passed when it was tried again, with what IAM denied and what it grants in
 * vain, and with `N passed, N failed`: a module that fails to load counts as a failure, and so does each entry of
 * those lists that should not be there.
 */
export default class ClosingLine implements Reporter {
  readonly #usesEveryGrant: boolean;
  #vitest: Vitest | undefined;
  #begun: readonly TestSpecification[] = [];

  constructor({ usesEveryGrant = false }: ClosingLineOptions = {}) {
    this.#usesEveryGrant = usesEveryGrant;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#begun = specifications;
  }

  async onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): Promise<void> {
    const { passed, failed, skipped } = countTests(modules);
    process.stdout.write(presentRetried(modules));
    const faults = await this.#judgePermissions();
    if (faults > 0) process.exitCode = 1;
    const allFailed = failed + unhandledErrors.length + faults;
    process.stdout.write(`${passed} passed, ${allFailed} failed${skipped ? `, ${skipped} skipped` : ''}\n`);
  }

  /** @returns how many entries of the two lists should not be there */
  async #judgePermissions(): Promise<number> {
    const directory = this.#vitest?.getRootProject().getProvidedContext().runDirectory;
    if (directory === undefined) return 0;
    const lists = readPermissionLists(join(directory, 'ledgers'), unusedGrants);
    const whole = this.#usesEveryGrant && (await this.#isWhole());
    process.stdout.write(presentLists(lists, whole));
    return faultsOf(lists, whole);
  }

  /** Whether no tests were left out, by their files or by their names. */
  async #isWhole(): Promise<boolean> {
    const vitest = this.#vitest;
    if (vitest === undefined || vitest.config.testNamePattern !== undefined) return false;
    return this.#begun.length === (await vitest.globTestSpecifications()).length;
  }
}

function countTests(modules: readonly TestModule[]) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    let failedInModule = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed += 1;
      else if (state === 'failed') failedInModule += 1;
      else counts.skipped += 1;
    }
    const failedOutsideTests = failedInModule === 0 && module.state() === 'failed' ? 1 : 0;
    counts.failed += failedInModule + failedOutsideTests;
  }
  return counts;
}

/** What made tests fail that passed when they were tried again: nobody else tells it. */
function presentRetried(modules: readonly TestModule[]): string {
  const retried = modules
    .flatMap((module) => [...module.children.allTests('passed')])
    .filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0);
  return retried.map((test) => `Passed when tried again: ${test.fullName}\n${whyFailed(test)}\n`).join('');
}

function whyFailed(test: TestCase): string {
  return (test.result().errors ?? []).map(({ message, stack }) => `  ${stack ?? message}`).join('\n');
}
