import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, '..', '..', 'infra', 'run', 'demo.ts');

test('npm run demo ends well, and all that it claims holds', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program]);

  expect(stdout).toMatch(/^ {2}✓ no function did what its role does not allow$/m);
  expect(stdout).not.toContain('✗');
  expect(stdout).toMatch(/\nAll \d\d checks hold\./);
}, 240_000);
