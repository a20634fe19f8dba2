import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Reporter, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node';
import { faultsOf, presentLists, readPermissionLists } from './local/iam/permissionLists.ts';
import { unusedGrants } from './local/iam/unusedGrants.ts';
import { provenPages, readPromises, unprovenPromises } from './promises.ts';

export interface ClosingLineOptions {
  /** Whether all tests together use every grant of the template. Default false. */
  readonly usesEveryGrant?: boolean;
}

/**
 * Ends a run with what IAM denied and what it grants in vain, with why tests were skipped that said so, with the rows of
 * `provenPages` that a whole run did not prove, and with `N passed, N failed`: a module that fails to load counts as a
 * failure, and so does each entry of those lists that should not be there.
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

  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): Promise<void> {
    const { passed, failed, skipped } = countTests(modules);
    const whole = reason !== 'interrupted' && (await this.#isWhole());
    const faults = this.#judgePermissions(whole) + (whole ? this.#judgePromises(modules) : 0);
    if (faults > 0) process.exitCode = 1;
    const allFailed = failed + unhandledErrors.length + faults;
    process.stdout.write(untried(modules));
    process.stdout.write(`${passed} passed, ${allFailed} failed${skipped ? `, ${skipped} skipped` : ''}\n`);
  }

  /** @returns how many entries of the two lists should not be there */
  #judgePermissions(isWhole: boolean): number {
    const directory = this.#vitest?.getRootProject().getProvidedContext().runDirectory;
    if (directory === undefined) return 0;
    const lists = readPermissionLists(join(directory, 'ledgers'), unusedGrants);
    const whole = this.#usesEveryGrant && isWhole;
    process.stdout.write(presentLists(lists, whole));
    return faultsOf(lists, whole);
  }

  /** @returns how many named tests did not run and pass */
  #judgePromises(modules: readonly TestModule[]): number {
    const root = this.#vitest?.config.root ?? '';
    const pages = provenPages.map((page) => join(root, page)).filter((page) => existsSync(page));
    const fileOf = ({ moduleId }: { readonly moduleId: string }) => relative(root, moduleId);
    const unproven = unprovenPromises(
      pages.flatMap((page) => readPromises(readFileSync(page, 'utf8'))),
      new Map(modules.map((module) => [fileOf(module), module])),
      new Set(this.#begun.map(fileOf)),
    );
    process.stdout.write(unproven.map((line) => `${line}\n`).join(''));
    return unproven.length;
  }

  /** Whether no tests were left out, by their files or by their names. */
  async #isWhole(): Promise<boolean> {
    const vitest = this.#vitest;
    if (vitest === undefined || vitest.config.testNamePattern !== undefined) return false;
    return this.#begun.length === (await vitest.globTestSpecifications()).length;
  }
}

/** Why tests were skipped, where they said so: a line for each reason. */
function untried(modules: readonly TestModule[]): string {
  const counts = new Map<string, number>();
  for (const module of modules) {
    for (const test of module.children.allTests('skipped')) {
      const result = test.result();
      const note = result.state === 'skipped' ? result.note : undefined;
      if (note !== undefined) counts.set(note, (counts.get(note) ?? 0) + 1);
    }
  }
  return [...counts].map(([note, count]) => `${count} not tried: ${note}\n`).join('');
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
