import * as z from 'zod/mini';
import type { Meeting } from '../../meetings/meeting.ts';
import { getRow, type Table, writeRows } from '../../runtime/table.ts';

const rowSchema = z.object({
  /** What it leads to. */
  longUrl: z.string(),
  shortUrl: z.string(),
  /** Epoch seconds. */
  expiresAt: z.number(),
});

export type ShortLink = Readonly<z.output<typeof rowSchema>>;

type Linked = Pick<Meeting, 'id' | 'key'>;

/** Keeps the short link of each meeting URL. */
export function shortLinkStore(table: Table) {
  return {
    /** The short link that leads to `longUrl`; undefined where there is none, or one that leads elsewhere. */
    async get(meeting: Linked, longUrl: string): Promise<ShortLink | undefined> {
      const row = await getRow(table, keyOf(meeting));
      const link = row && z.parse(rowSchema, row);
      return link?.longUrl === longUrl ? link : undefined;
    },

    async keep(meeting: Linked, link: ShortLink): Promise<void> {
      await writeRows(table, [{ ...keyOf(meeting), ...link }]);
    },
  };
}

export type ShortLinkStore = ReturnType<typeof shortLinkStore>;

function keyOf({ id, key }: Linked) {
  return { pk: `MEETING#${id}`, sk: `LINK#${key}` };
}
