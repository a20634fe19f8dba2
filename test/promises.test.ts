import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { provenPages, readPromises } from './promises.ts';

const project = join(import.meta.dirname, '..');
const pages = provenPages.map((page) => [page, readPromises(readFileSync(join(project, page), 'utf8'))] as const);
const promises = pages.flatMap(([, rows]) => rows);

/** What one of the three runs takes up (`vitest*.config.ts`), whose reporter judges whether it passed. */
const belongsToRun = /^test\/(.+\.(test|proof)|browser\/.+\.browser)\.ts$/;

test.each(pages)('%s has rows', (_, rows) => {
  expect(rows.length).toBeGreaterThan(40);
});

test.each(promises)('names code and a test of one of the runs: $promise', ({ code, proofs }) => {
  expect(existsSync(join(project, code ?? 'no code is named')), code).toBe(true);
  expect(proofs.length).toBeGreaterThan(0);
  for (const { file } of proofs) {
    expect(file).toMatch(belongsToRun);
    expect(existsSync(join(project, file)), file).toBe(true);
  }
});
