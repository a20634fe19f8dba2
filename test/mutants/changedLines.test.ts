import { expect, test } from 'vitest';
import { changedLines } from './changedLines.ts';

test('names the lines that a diff has added or rewritten, file by file', () => {
  const diff = [
    'diff --git a/functions/meetings/link.ts b/functions/meetings/link.ts',
    '--- a/functions/meetings/link.ts',
    '+++ b/functions/meetings/link.ts',
    '@@ -3 +3 @@ export',
    '-one',
    '+two',
    '@@ -10,0 +11,4 @@',
    '@@ -20,2 +24,0 @@',
    '--- a/functions/meetings/gone.ts',
    '+++ /dev/null',
    '@@ -1,9 +0,0 @@',
    '--- /dev/null',
    '+++ b/functions/meetings/made.ts',
    '@@ -0,0 +1,7 @@',
  ].join('\n');

  expect(changedLines(diff)).toEqual([
    { file: 'functions/meetings/link.ts', first: 3, last: 3 },
    { file: 'functions/meetings/link.ts', first: 11, last: 14 },
    { file: 'functions/meetings/made.ts', first: 1, last: 7 },
  ]);
});
