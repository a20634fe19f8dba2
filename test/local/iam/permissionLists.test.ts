import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../temporaryDirectory.ts';
import { faultsOf, presentLists, readPermissionLists } from './permissionLists.ts';

const get = { role: 'Role', action: 'dynamodb:GetItem', resource: 'table' };
const put = { role: 'Role', action: 'dynamodb:PutItem', resource: 'table' };
const scan = { role: 'Role', action: 'dynamodb:Scan', resource: 'table' };

const line = (kind: string, entry: object) => JSON.stringify({ kind, ...entry });
const granted = [line('granted', get), line('granted', put)];

function listsOf(files: readonly (readonly string[])[], explanations: readonly (typeof get)[] = []) {
  const directory = temporaryDirectory();
  for (const [index, lines] of files.entries()) writeFileSync(join(directory, `${index}.jsonl`), lines.join('\n'));
  return readPermissionLists(
    directory,
    explanations.map((grant) => ({ ...grant, why: 'So it is.' })),
  );
}

describe('readPermissionLists', () => {
  test('finds nothing wrong where all that is granted was used by some service, and nothing denied', () => {
    const lists = listsOf([
      [...granted, line('used', get)],
      [...granted, line('used', put)],
    ]);

    expect(faultsOf(lists, true)).toBe(0);
    expect(presentLists(lists, true)).toBe('Denied by IAM: nothing\nGranted and never used: nothing\n');
  });

  test('counts what was denied, whatever part of the tests ran', () => {
    const lists = listsOf([[...granted, line('denied', scan)]]);

    expect(faultsOf(lists, false)).toBe(1);
    expect(presentLists(lists, false)).toBe('Denied by IAM: 1\n  Role dynamodb:Scan table\n');
  });

  test('counts a grant that was never used and not explained, of a whole run alone', () => {
    const lists = listsOf([[...granted, line('used', get)]]);

    expect(faultsOf(lists, true)).toBe(1);
    expect(presentLists(lists, true)).toContain('Role dynamodb:PutItem table: NOT EXPLAINED');
    expect(faultsOf(lists, false)).toBe(0);
    expect(presentLists(lists, false)).toBe('');
  });

  test('shows the explanation of a grant that was never used', () => {
    const lists = listsOf([[...granted, line('used', get)]], [put]);

    expect(faultsOf(lists, true)).toBe(0);
    expect(presentLists(lists, true)).toContain('Role dynamodb:PutItem table: So it is.');
  });

  test.each([
    ['was used', get],
    ['is not granted', scan],
  ])('counts an explanation of what %s', (_, explained) => {
    const lists = listsOf([[...granted, line('used', get), line('used', put)]], [explained]);

    expect(faultsOf(lists, true)).toBe(1);
    expect(presentLists(lists, true)).toContain('EXPLAINED, BUT USED OR NOT GRANTED');
  });

  test('has nothing to say where no service ran', () => {
    expect(presentLists(readPermissionLists(join(temporaryDirectory(), 'none'), []), false)).toBe('');
  });
});
