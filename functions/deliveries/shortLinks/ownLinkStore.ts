import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds } from '../../runtime/row.ts';
import { conditionHeld, getRow, type Key, type Table } from '../../runtime/table.ts';

const rowSchema = z.object({
  meetingId: z.string(),
  participantId: z.string(),
  /** Epoch seconds. */
  expiresAt: z.number(),
});

/** Where a short link of our own leads: ids, and no key. */
export type OwnLink = Readonly<z.output<typeof rowSchema>>;

/** Keeps the short links that the service makes itself. */
export function ownLinkStore(table: Table) {
  return {
    /** Where a code leads; DynamoDB may remove an expired row as much as two days late. */
    async find(code: string, now: Date): Promise<OwnLink | undefined> {
      const row = await getRow(table, keyOf(code));
      const link = row && z.parse(rowSchema, row);
      return link && link.expiresAt > epochSeconds(now) ? link : undefined;
    },

    /** @returns false where the code leads elsewhere */
    async keep(code: string, link: OwnLink): Promise<boolean> {
      const put = new PutCommand({
        TableName: table.name,
        Item: { ...keyOf(code), ...link },
        ConditionExpression: 'attribute_not_exists(pk) OR (meetingId = :meeting AND participantId = :participant)',
        ExpressionAttributeValues: { ':meeting': link.meetingId, ':participant': link.participantId },
      });
      return conditionHeld(table.documents.send(put));
    },
  };
}

export type OwnLinkStore = ReturnType<typeof ownLinkStore>;

function keyOf(code: string): Key {
  return { pk: `SHORT#${code}`, sk: `SHORT#${code}` };
}
