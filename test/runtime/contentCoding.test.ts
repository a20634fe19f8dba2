import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { acceptsBrotli, fromBrotli } from '../../functions/runtime/contentCoding.ts';

describe('brotli', () => {
  test.each([
    ['br', true],
    ['gzip, deflate, br, zstd', true],
    ['gzip;q=1.0, BR;q=0.5', true],
    ['br ; q=0.001', true],
    ['*', true],
    ['gzip, *;q=0.1', true],
    ['br;q=0', false],
    ['br;q=0.0, *', false],
    ['*;q=0', false],
    ['gzip, deflate', false],
    ['brotli', false],
    ['x-br', false],
    ['identity', false],
    ['', false],
    [undefined, false],
  ])('for who sends Accept-Encoding %j: %s', (header, expected) => {
    expect(acceptsBrotli(header)).toBe(expected);
  });
});

test('what is kept compressed is given as it is, or unpacked', () => {
  const bytes = brotliCompressSync('Reunió');

  expect(fromBrotli(bytes.toString('base64'), 'br')).toEqual({ encoding: { 'content-encoding': 'br' }, body: bytes });
  expect(fromBrotli(bytes.toString('base64'), 'gzip')).toEqual({ encoding: {}, body: Buffer.from('Reunió') });
});
