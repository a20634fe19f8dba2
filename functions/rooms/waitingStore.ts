import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Meeting } from '../meetings/meeting.ts';
import { epochSeconds } from '../runtime/row.ts';
import { conditionHeld, type Table } from '../runtime/table.ts';

const prefix = 'WAITING#';

/** Seconds after a meeting's end until nobody needs to know any more that somebody waited. */
const keptSeconds = 86_400;

/** Keeps that somebody waited for a host where none was there, once for each start of a meeting. */
export function waitingStore(table: Table) {
  return {
    async note(
      meetingId: string,
      { validSince, validUntil }: Pick<Meeting, 'validSince' | 'validUntil'>,
      now: Date,
    ): Promise<void> {
      const Item = {
        pk: `MEETING#${meetingId}`,
        sk: prefix + validSince.toISOString(),
        since: now.toISOString(),
        expiresAt: epochSeconds(validUntil) + keptSeconds,
      };
      const isFirst = { ConditionExpression: 'attribute_not_exists(pk)' };
      await conditionHeld(table.documents.send(new PutCommand({ TableName: table.name, Item, ...isFirst })));
    },
  };
}

export type WaitingStore = ReturnType<typeof waitingStore>;

/** The start that a row of this store is of; undefined where it is another row of the meeting. */
export function waitedForStart(sk: string): Date | undefined {
  return sk.startsWith(prefix) ? new Date(sk.slice(prefix.length)) : undefined;
}
