import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesArn, matchesWildcards } from '../../../infra/local/iam/wildcards.ts';

describe('matchesWildcards', () => {
  test.each([
    ['*', '', true],
    ['dynamodb:*Item', 'dynamodb:PutItem', true],
    ['dynamodb:*Item', 'dynamodb:PutItems', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*/index/*', 'table/x/index/y', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(matchesWildcards(pattern, text)).toBe(expected);
  });

  test('agrees with a regular expression', () => {
    const characters = fc.constantFrom('a', 'b', '*', '?');
    const patterns = fc.string({ unit: characters, maxLength: 8 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
        expect(matchesWildcards(pattern, text)).toBe(expected);
      }),
    );
  });
});

describe('matchesArn', () => {
  test('does not let a star reach over a colon before the resource', () => {
    expect(matchesArn('arn:aws:sqs:*:work', 'arn:aws:sqs:eu-west-1:000000000000:work')).toBe(false);
    expect(matchesArn('arn:aws:sqs:*:*:work', 'arn:aws:sqs:eu-west-1:000000000000:work')).toBe(true);
    expect(matchesArn('arn:aws:lambda:*:*:function:*', 'arn:aws:lambda:eu-west-1:000000000000:function:f:1')).toBe(
      true,
    );
  });
});
