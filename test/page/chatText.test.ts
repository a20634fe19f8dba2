import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chatPieces } from '../../functions/pages/room/views/chatText.ts';

test('finds addresses, without the punctuation after them', () => {
  expect(chatPieces('See https://example.org/a?b=1, or (http://example.com).')).toEqual([
    { text: 'See ' },
    { text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
    { text: ', or (' },
    { text: 'http://example.com', href: 'http://example.com' },
    { text: ').' },
  ]);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'http://',
  'https://%',
  'ftp://example.org',
  'https://bank.example@evil.example/',
  'https://a:b@evil.example',
])('makes no link of %s', (text) => {
  expect(chatPieces(text).every(({ href }) => href === undefined)).toBe(true);
});

test('ends an address where something begins that cannot be seen', () => {
  expect(chatPieces('https://example.org/\u2067a\u200f')).toEqual([
    { text: 'https://example.org/', href: 'https://example.org/' },
    { text: '\u2067a\u200f' },
  ]);
});

test('loses nothing of any text, and links only to the web', () => {
  const words = fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('https://', '<b>', '\n', '.')));
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join('');
      const pieces = chatPieces(text);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const { href } of pieces) expect(href ?? 'https://').toMatch(/^https?:\/\//);
    }),
  );
});
