import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expiryOf, meetingKey } from '../../meetings/meetingStore.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { parseRows } from '../../runtime/row.ts';
import { allRows, type Key, type Table, writeRows } from '../../runtime/table.ts';
import { type SeenVisit, type Visit, visitSchema } from './visit.ts';

const prefix = 'VISIT#';

/** Keeps who was in the rooms of meetings, in rows beside the meeting's. */
export function visitStore(table: Table, retentionDays: number) {
  return {
    /** Writes a visit as it ends; whoever comes back in a moment writes the same row again with a later end. */
    async keep(meetingId: string, { meetingUntil, ...visit }: SeenVisit): Promise<void> {
      const Item = {
        ...keyOf(meetingId, visit),
        ...visit,
        from: visit.from.toISOString(),
        until: visit.until.toISOString(),
        expiresAt: expiryOf({ validUntil: meetingUntil }, retentionDays),
      };
      await table.documents.send(new PutCommand({ TableName: table.name, Item }));
    },

    /** The visits of a meeting that have ended, read consistently, but for those that this release cannot read. */
    async ofMeeting(meetingId: string): Promise<Visit[]> {
      const { read, unreadable } = parseRows(visitSchema, await allRows(table, meetingKey(meetingId).pk, prefix));
      for (const fault of unreadable) log.error('Visit left out', { meetingId, error: errorOf(fault) });
      return read;
    },

    /** Takes out the visits of people who are known by one of these ids: a participant's, or a user's. */
    async forget(meetingId: string, ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return;
      const rows = await allRows(table, meetingKey(meetingId).pk, prefix);
      const theirs = rows.map(({ sk }) => String(sk)).filter((sk) => ids.some((id) => sk.split('#').includes(id)));
      const { pk } = meetingKey(meetingId);
      await writeRows(
        table,
        [],
        theirs.map((sk) => ({ pk, sk })),
      );
    },
  };
}

export type VisitStore = ReturnType<typeof visitStore>;

/** It ends in who they are, where that is known: what is kept of a person is found, and erased, by their id. */
function keyOf(meetingId: string, { from, seatId, participantId, userId }: Visit): Key {
  const who = [participantId, userId].filter((id) => id !== undefined);
  return { pk: meetingKey(meetingId).pk, sk: [`${prefix}${from.toISOString()}`, seatId, ...who].join('#') };
}
