import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '..', '..');

/** Begins the program that every script begins with, on a Node that says it is of that version. */
function runOn(version: string) {
  const versions = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`;
  const imports = [
    `data:text/javascript,${versions}Object.defineProperty(process, 'version', { value: 'v${version}' });`,
    './infra/requireNode.js',
  ].flatMap((module) => ['--import', module]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...imports, '-p', '"begun"'], {
    cwd: project,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test.each(['22.18.0', '23.0.0', '24.21.0'])('begins on Node %s', (version) => {
  expect(runOn(version)).toEqual({ status: 0, stdout: 'begun\n', stderr: '' });
});

test.each(['20.20.2', '22.17.1'])('says on Node %s which one it needs', (version) => {
  expect(runOn(version)).toEqual({
    status: 1,
    stdout: '',
    stderr:
      `This needs Node 22.18 or later, which runs TypeScript as it is; v${version} runs now. ` +
      'On Linux (x64) "npm ci" brings Node 24 along and "npm run" uses it; elsewhere install Node 24 (see .nvmrc).\n',
  });
});
