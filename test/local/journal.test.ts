import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openJournal } from '../../infra/local/journal.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

const count = z.object({ count: z.number() });

describe('openJournal', () => {
  test('gives what was set and not deleted when it is opened again', () => {
    const path = join(temporaryDirectory(), 'folder', 'journal.jsonl');
    const journal = openJournal(path, count);
    journal.set('a', { count: 1 });
    journal.set('b', { count: 2 });
    journal.set('a', { count: 3 });
    expect(journal.delete('b')).toBe(true);
    expect(journal.delete('b')).toBe(false);
    journal.close();

    const reopened = openJournal(path, count);

    expect([...reopened.entries()]).toEqual([['a', { count: 3 }]]);
    reopened.close();
  });

  test('has each change on disk when the call returns', () => {
    const path = join(temporaryDirectory(), 'journal.jsonl');
    const journal = openJournal(path, count);

    journal.set('a', { count: 1 });

    expect(readFileSync(path, 'utf8')).toBe('{"key":"a","value":{"count":1}}\n');
    journal.close();
  });

  test('drops a torn last line, as a process killed while writing leaves it', () => {
    const path = join(temporaryDirectory(), 'journal.jsonl');
    openJournal(path, count).set('a', { count: 1 });
    appendFileSync(path, '{"key":"b","val');

    const reopened = openJournal(path, count);
    reopened.set('c', { count: 3 });

    expect([...openJournal(path, count).entries()]).toEqual([
      ['a', { count: 1 }],
      ['c', { count: 3 }],
    ]);
  });

  test('names the line that another version wrote', () => {
    const path = join(temporaryDirectory(), 'journal.jsonl');
    writeFileSync(path, '{"key":"a","value":{"count":1}}\n{"key":"b","value":{"total":1}}\n');

    expect(() => openJournal(path, count)).toThrow('journal.jsonl:2 is not what this version wrote');
  });

  test('grows with what it holds, not with what has changed', () => {
    const path = join(temporaryDirectory(), 'journal.jsonl');
    const journal = openJournal(path, count);

    for (let change = 0; change < 50_000; change++) journal.set('a', { count: change });

    expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThan(2_100);
    expect(journal.get('a')).toEqual({ count: 49_999 });
    journal.close();
  });
});
