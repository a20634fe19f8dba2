import { expect, test } from 'vitest';
import { cleanChat, cleanName } from '../../../functions/rooms/signalling/cleanText.ts';

test.each([
  ['Ana', 'Ana'],
  ['  Ana \t Bea ', 'Ana Bea'],
  ['A\u202enA\u2066', 'A nA'],
  ['e\u0301', 'é'],
  ['👩‍👩‍👧', '👩‍👩‍👧'],
  ['میم‌الف', 'میم‌الف'],
  ['\u200b\u2028\u0007', undefined],
  ['Ana \ud83c', 'Ana'],
  ['\udf89', undefined],
  ['\u2800\u00ad', undefined],
  ['🎉', '🎉'],
])('the name %j shows as %j', (text, shown) => {
  expect(cleanName(text)).toBe(shown);
});

test.each([
  '\u00ad',
  '\u2060',
  '\u200d',
  '\u200c',
  '\u3164',
  '\u115f',
  '\uffa0',
  '\u2800',
  '\u{e0041}',
  '\u180e\ufe0f',
])('neither the name nor the line %j shows anything', (text) => {
  for (const written of [text, ` ${text} ${text}`]) {
    expect(cleanName(written)).toBeUndefined();
    expect(cleanChat(written)).toBeUndefined();
  }
});

test.each([
  ['one\r\ntwo\rthree\n', 'one\ntwo\nthree'],
  ['a\tb', 'a\tb'],
  ['\u0000x\u001b[31m', 'x[31m'],
  ['\u202e', undefined],
  ['Party \ud83c', 'Party'],
  ['\ud83c', undefined],
  ['\u200b', undefined],
  ['🎉 \u0085', '🎉'],
  ['<script>', '<script>'],
])('the line %j shows as %j', (text, shown) => {
  expect(cleanChat(text)).toBe(shown);
});
