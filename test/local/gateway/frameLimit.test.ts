import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFrameWatch } from '../../../infra/local/gateway/frameLimit.ts';

describe('createFrameWatch', () => {
  test('sees a frame over the limit however the bytes are cut', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 70_000 }), { maxLength: 4 });
    const cuts = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, cuts, (given, lengths) => {
        const isTooLarge = createFrameWatch(32_768);

        const seen = cut(Buffer.concat(given.map(frame)), lengths).map(isTooLarge);

        expect(seen.includes(true)).toBe(given.some((size) => size > 32_768));
      }),
      { numRuns: 50 },
    );
  });

  test('takes a frame of eight length bytes', () => {
    expect(createFrameWatch(32_768)(frame(65_536))).toBe(true);
    expect(createFrameWatch(65_536)(frame(65_536))).toBe(false);
  });
});

/** A masked text frame of so many bytes. */
function frame(size: number): Buffer {
  const short = size < 126 ? size : size < 65_536 ? 126 : 127;
  const length = Buffer.alloc(short === 126 ? 2 : short === 127 ? 8 : 0);
  if (short === 126) length.writeUInt16BE(size);
  if (short === 127) length.writeBigUInt64BE(BigInt(size));
  return Buffer.concat([
    Buffer.from([0x81, 0x80 | short]),
    length,
    Buffer.from([1, 2, 3, 4]),
    Buffer.alloc(size, 0xff),
  ]);
}

function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const end = start + (lengths[turn % lengths.length] ?? 1);
    pieces.push(bytes.subarray(start, end));
    start = end;
  }
  return pieces;
}
