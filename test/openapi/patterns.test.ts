import { expect, test } from 'vitest';
import { openapiDocument } from '../../functions/openapi/document.ts';
import { patternsIn } from './patterns.ts';

const patterns = patternsIn(openapiDocument('/m'), '');

/**
 * What ECMA-262 without the flag `u`, Python's `re` and RE2 read alike: anchors, literals, classes of ASCII, `\\d`, `\\xhh`,
 * groups, alternatives and counts. No `\\p{…}`, which the first reads as letters and the second refuses; no look-around
 * and no backward reference, which RE2 refuses.
 */
const shared = /^(?:\\x[0-9a-f]{2}|\\[d.+*?()[\]{}|^$\\-]|\(\?:|\{\d+(?:,\d*)?\}|[\x20-\x5b\x5d-\x7e])*$/;
const special = /(?<!\\)\((?!\?:)|\(\?[^:]/;

test('there are some', () => {
  expect(patterns.length).toBeGreaterThan(5);
});

test.each(patterns)('%s has a pattern that every engine reads alike: %s', (_, pattern) => {
  expect(pattern).toMatch(shared);
  expect(pattern).not.toMatch(special);
  expect(() => new RegExp(pattern)).not.toThrow();
  expect(() => new RegExp(pattern, 'u')).not.toThrow();
});
