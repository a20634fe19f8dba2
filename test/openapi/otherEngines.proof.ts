import { spawnSync } from 'node:child_process';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { openapiDocument } from '../../functions/openapi/document.ts';
import { patternsIn } from './patterns.ts';

const patterns = patternsIn(openapiDocument('/m'), '').map(([, pattern]) => pattern);

/** At the edges of what the patterns speak of. */
const texts = [
  '',
  'a',
  'a b',
  'ana@example.org',
  '+34600000002',
  '34600000002',
  '0600',
  '2027-03-01T09:30:00+01:00',
  '2027-02-30T09:30:00Z',
  'en-GB',
  'W/"1"',
  'a\u0000b',
  'a\nb',
  'a\u0085b',
  'x'.repeat(300),
  'é',
  '4z8q1m0x7c2v',
];

/** Reads a list of patterns and one of texts, and says of each pattern which of the texts it finds itself in. */
const program = `
import json, re, sys
patterns, texts = json.load(sys.stdin)
print(json.dumps([[re.search(pattern, text) is not None for text in texts] for pattern in patterns]))
`;

test("Python's re finds each pattern where JavaScript does", () => {
  const { stdout, stderr } = spawnSync('python3', ['-c', program], { input: JSON.stringify([patterns, texts]) });
  const found: readonly boolean[][] = JSON.parse(String(stdout) || JSON.stringify(String(stderr)));

  expect(found).toEqual(patterns.map((pattern) => texts.map((text) => new RegExp(pattern).test(text))));
});

test('RE2 finds each pattern where JavaScript does', () => {
  const found = patterns.map((pattern) => texts.map((text) => RE2JS.compile(pattern).matcher(text).find()));

  expect(found).toEqual(patterns.map((pattern) => texts.map((text) => new RegExp(pattern).test(text))));
});
