import * as z from 'zod/mini';
import { epochSeconds, secondsPerDay } from '../../runtime/row.ts';
import { queryPage, type Row, type Table, writeRows } from '../../runtime/table.ts';
import { listingPartition } from '../listings/listing.ts';
import { changedDays } from './changedQuery.ts';

const prefix = 'CHANGED#';

/** Of what has changed for a user: when that was written, and the meeting. */
const changedKeySchema = z.object({ sk: z.string(), meetingId: z.string() });

export interface ChangedPage {
  /** In the order in which they were written; a meeting as often as it has changed. */
  readonly meetingIds: readonly string[];
  /** Behind which the next page begins; undefined on the last one. */
  readonly place: string | undefined;
}

/** Keeps which meetings have changed for a user, in rows under theirs: what whoever polls asks for. */
export function changedStore(table: Table) {
  return {
    /** Keeps that meetings have changed for users, by now. */
    async note(userIds: Iterable<string>, meetingIds: readonly string[], now: Date): Promise<void> {
      const expiresAt = epochSeconds(now) + changedDays * secondsPerDay;
      const rows = [...userIds].flatMap((userId) =>
        meetingIds.map((meetingId): Row => {
          const sk = `${prefix}${now.toISOString()}#${meetingId}`;
          return { pk: listingPartition(userId), sk, meetingId, expiresAt };
        }),
      );
      await writeRows(table, rows);
    },

    /**
     * What has changed for a user, read consistently.
     *
     * @param after an instant (RFC 3339 UTC), or the `place` of the page before
     */
    async read(userId: string, after: string, limit: number): Promise<ChangedPage> {
      // A space sorts before whatever keys are made of: nothing lies between a row and this.
      const range = { first: `${prefix}${after} `, last: `${prefix}~` };
      const { rows, more } = await queryPage(table, listingPartition(userId), range, limit);
      const keys = z.parse(z.array(changedKeySchema), rows);
      const place = more ? keys.at(-1)?.sk.slice(prefix.length) : undefined;
      return { meetingIds: keys.map(({ meetingId }) => meetingId), place };
    },
  };
}

export type ChangedStore = ReturnType<typeof changedStore>;
