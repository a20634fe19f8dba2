import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import {
  cleanAndCutLine,
  firstCharacters,
  isInvisible,
  lineInput,
  paragraphsInput,
} from '../../functions/runtime/text/text.ts';

const unfit = /[\p{Cs}\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

describe('a line', () => {
  test.each([
    ['  Planning ', 'Planning'],
    ['Ünï, "cöde"; \\ 会议 🎉', 'Ünï, "cöde"; \\ 会议 🎉'],
    ['👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿', '👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['פגישה', 'פגישה'],
    ['a\u200eb', 'a\u200eb'],
    [`${' '.repeat(100)}${'x'.repeat(200)}`, 'x'.repeat(200)],
  ])('as %j is %j', (given, line) => {
    expect(z.parse(lineInput(200), given)).toBe(line);
  });

  test('is refused, or can be seen and holds nothing unfit, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const { data } = z.safeParse(lineInput(20), text);
        return (
          data === undefined || (!unfit.test(data) && !isInvisible(data) && data === data.trim() && data.length <= 20)
        );
      }),
    );
  });
});

test.each([
  ['a\r\nb\rc\nd\te', 'a\nb\nc\nd\te'],
  ['', ''],
  [' a ', 'a'],
])('paragraphs as %j are %j', (given, text) => {
  expect(z.parse(paragraphsInput(20), given)).toBe(text);
});

test('what an issuer says is made fit, or is nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '\ud83c', '\udf89', '\u202e', '\u0000', '\n', ' ', '\u200b', '🎉', '\ufdfa')),
      (parts) => {
        const line = cleanAndCutLine(parts.join(''), 5);
        return line === undefined || (!unfit.test(line) && !isInvisible(line) && line.length <= 5);
      },
    ),
  );
});

test.each([
  ['abc', 2, 'ab'],
  ['a🎉', 2, 'a'],
  ['a🎉', 3, 'a🎉'],
])('of %s the first %i units are %s', (text, most, first) => {
  expect(firstCharacters(text, most)).toBe(first);
});
