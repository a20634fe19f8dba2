import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tileGrid } from '../../functions/pages/room/views/tileGrid.ts';

test.each([
  [1, 1280, 720, 1],
  [2, 1280, 640, 2],
  [4, 1280, 720, 2],
  [8, 1280, 680, 3],
  [2, 320, 560, 1],
  [8, 320, 560, 2],
])('%i people on %i × %i are put in %i columns', (count, width, height, columns) => {
  expect(tileGrid(count, width, height, 12).columns).toBe(columns);
});

test('everyone fits, in a shape between upright and wide, whatever the room', () => {
  const size = fc.integer({ min: 150, max: 3_000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16 }), size, size, (count, width, height) => {
      const { columns, tileWidth, tileHeight } = tileGrid(count, width, height, 12);
      const rows = Math.ceil(count / columns);
      expect(columns * tileWidth + (columns - 1) * 12).toBeLessThanOrEqual(width);
      expect(rows * tileHeight + (rows - 1) * 12).toBeLessThanOrEqual(height);
      if (tileWidth < 30) return;
      expect(tileWidth / tileHeight).toBeGreaterThan(0.75);
      expect(tileWidth / tileHeight).toBeLessThan(1.9);
    }),
  );
});

test('no room is no size', () => {
  expect(tileGrid(3, 0, 0, 12)).toMatchObject({ tileWidth: 0, tileHeight: 0 });
});
