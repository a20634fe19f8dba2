import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mergeLedgers } from '../../../infra/local/iam/mergeLedgers.ts';
import { temporaryDirectory } from '../temporaryDirectory.ts';

const get = { role: 'Role', action: 'dynamodb:GetItem', resource: 'table' };
const put = { role: 'Role', action: 'dynamodb:PutItem', resource: 'table' };
const scan = { role: 'Role', action: 'dynamodb:Scan', resource: 'table' };

describe('mergeLedgers', () => {
  test('counts as used what one of the runs has used', () => {
    const directory = temporaryDirectory();
    const write = (name: string, lines: object[]) => {
      writeFileSync(join(directory, name), lines.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      return join(directory, name);
    };
    const granted = [get, put].map((grant) => ({ kind: 'granted', ...grant }));

    const merged = mergeLedgers([
      write('one', [...granted, { kind: 'denied', ...scan }]),
      write('two', [...granted, { kind: 'used', ...get }, { kind: 'denied', ...scan }]),
    ]);

    expect(merged).toEqual({ unused: [put], denied: [scan] });
  });
});
