import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from './local/temporaryDirectory.ts';

const project = join(import.meta.dirname, '..');
const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs');

const keptTests = `
import { describe, expect, test } from 'vitest';
test('is kept', () => {});
describe('a group', () => { test.each([1, 2])('has case %i', () => {}); });
`;

const brokenTests = `
import { describe, expect, test } from 'vitest';
test.skip('is skipped', () => {});
describe('a group', () => { test('passes', () => {}); test.skip('does not run', () => {}); });
test('is failing', () => { expect(1).toBe(2); });
`;

const kept = [
  '| A test that passes | `code.ts` | `test/kept.test.ts` "is kept" |',
  '| A group that passes | `code.ts` | `test/kept.test.ts` "a group" |',
  '| A case that passes | `code.ts` | `test/kept.test.ts` "has case 2" |',
  '| A whole file that passes | `code.ts` | `test/kept.test.ts` |',
];

/** Runs vitest with this project's reporter over a project of its own. */
function runProject(files: Record<string, string>, promises: readonly string[], args: readonly string[] = []) {
  const directory = temporaryDirectory();
  const config = `export default { test: { reporters: [${JSON.stringify(join(project, 'test', 'reporter.ts'))}] } };`;
  const table = ['| promise | code | test |', '| --- | --- | --- |', ...promises].join('\n');
  const all = { ...files, 'vitest.config.mjs': config, 'docs/promises.md': table, 'package.json': '{"type":"module"}' };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  symlinkSync(join(project, 'node_modules'), join(directory, 'node_modules'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', ...args], {
    cwd: directory,
    env,
    encoding: 'utf8',
  });
  return { status, stdout };
}

test('a run says why tests were not tried', () => {
  const files = {
    'test/partial.test.ts': `
      import { test } from 'vitest';
      test.each([1, 2])('case %i', () => {}); test('runs', () => {});
      for (const name of ['one', 'two']) test(name, ({ skip }) => skip('there is no coturn here'));
      test.skip('says nothing', () => {});
    `,
  };

  expect(runProject(files, [])).toEqual({
    status: 0,
    stdout: '2 not tried: there is no coturn here\n3 passed, 0 failed, 3 skipped\n',
  });
});

describe('a whole run', () => {
  test('succeeds where each test that a promise names ran and passed', () => {
    expect(runProject({ 'test/kept.test.ts': keptTests }, kept)).toEqual({ status: 0, stdout: '3 passed, 0 failed\n' });
  });

  test('fails with the promise and the test that was skipped, failed, is missing or did not load', () => {
    const files = {
      'test/kept.test.ts': keptTests,
      'test/broken.test.ts': brokenTests,
      'test/unloadable.test.ts': "throw new Error('it does not load');",
    };
    const broken = [
      '| One | `code.ts` | `test/broken.test.ts` "is skipped" |',
      '| Two | `code.ts` | `test/broken.test.ts` "is failing" |',
      '| Three | `code.ts` | `test/broken.test.ts` "is nowhere" |',
      '| Four, of two tests | `code.ts` | `test/kept.test.ts` "is kept", `test/broken.test.ts` "a group" |',
      '| Five, of a whole file | `code.ts` | `test/broken.test.ts` |',
      '| Six | `code.ts` | `test/unloadable.test.ts` "is nowhere" |',
      '| Seven, of another run | `code.ts` | `test/other.proof.ts` "is nowhere" |',
    ];
    expect(runProject(files, [...kept, ...broken])).toEqual({
      status: 1,
      stdout: [
        'Not proven: "One": test/broken.test.ts "is skipped" was skipped',
        'Not proven: "Two": test/broken.test.ts "is failing" failed',
        'Not proven: "Three": test/broken.test.ts "is nowhere" is missing',
        'Not proven: "Four, of two tests": test/broken.test.ts "a group" was skipped',
        'Not proven: "Five, of a whole file": test/broken.test.ts failed',
        'Not proven: "Six": test/unloadable.test.ts "is nowhere" did not load',
        '4 passed, 8 failed, 2 skipped',
        '',
      ].join('\n'),
    });
  });

  test('fails by an unproven promise alone', () => {
    const skipped = keptTests.replace("test('is kept'", "test.skip('is kept'");
    expect(runProject({ 'test/kept.test.ts': skipped }, kept)).toEqual({
      status: 1,
      stdout: [
        'Not proven: "A test that passes": test/kept.test.ts "is kept" was skipped',
        'Not proven: "A whole file that passes": test/kept.test.ts was skipped',
        '2 passed, 2 failed, 1 skipped',
        '',
      ].join('\n'),
    });
  });
});

test.each([
  ['files', ['test/kept.test.ts'], '3 passed, 0 failed\n'],
  ['names', ['-t', 'is kept'], '1 passed, 0 failed, 6 skipped\n'],
])('a run of chosen %s judges no promise', (_, args, stdout) => {
  const files = { 'test/kept.test.ts': keptTests, 'test/broken.test.ts': brokenTests };
  const promises = [...kept, '| One | `code.ts` | `test/broken.test.ts` "is skipped" |'];
  expect(runProject(files, promises, args)).toEqual({ status: 0, stdout });
});
