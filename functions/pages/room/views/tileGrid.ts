/** How many columns and how wide, in pixels, each tile is. */
export interface TileGrid {
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** Tiles are as wide as cameras at most; on an upright screen, where cameras are upright too, they may be so. */
const widest = 16 / 9;
const narrowest = { upright: 4 / 5, wide: 4 / 3 };

/** The arrangement of `count` equal tiles that gives each the largest area. */
export function tileGrid(count: number, width: number, height: number, gap: number): TileGrid {
  const uprightest = width < height ? narrowest.upright : narrowest.wide;
  let best: TileGrid = { columns: 1, tileWidth: 0, tileHeight: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const room = { width: (width - gap * (columns - 1)) / columns, height: (height - gap * (rows - 1)) / rows };
    const tileWidth = Math.max(0, Math.min(room.width, room.height * widest));
    const tileHeight = Math.max(0, Math.min(room.height, tileWidth / uprightest));
    if (tileWidth * tileHeight > best.tileWidth * best.tileHeight) {
      best = { columns, tileWidth: Math.floor(tileWidth), tileHeight: Math.floor(tileHeight) };
    }
  }
  return best;
}
