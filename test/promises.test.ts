import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '..');

/** The rows of `docs/promises.md`: what is promised, the code that keeps it, and the test, with the test's name where one is told. */
const promises = readFileSync(join(project, 'docs', 'promises.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| promise') && !line.startsWith('| ---'))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, promise = '', code = '', proof = '']) => ({
    promise,
    code: named(code),
    test: named(proof),
    title: titleOf(proof),
  }));

test('there are promises', () => {
  expect(promises.length).toBeGreaterThan(40);
});

test.each(promises)('kept: $promise', ({ code, test: proof, title }) => {
  expect(existsSync(join(project, code)), code).toBe(true);
  expect(existsSync(join(project, proof)), proof).toBe(true);
  if (title !== undefined) expect(readFileSync(join(project, proof), 'utf8')).toContain(title);
});

function named(cell: string): string {
  return /`([^`]+)`/.exec(cell)?.[1] ?? 'nothing is named';
}

function titleOf(cell: string): string | undefined {
  return /"([^"]+)"/.exec(cell)?.[1];
}
