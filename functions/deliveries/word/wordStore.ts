import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { parseRow } from '../../runtime/row.ts';
import { conditionHeld, type Key, type Row, type Table } from '../../runtime/table.ts';
import { deliverySchema, mailKey } from '../delivery.ts';
import type { ToldDelivery } from './mailEvent.ts';
import { type Word, weightOf } from './word.ts';

/** Keeps what the provider says beside the delivery that it is about. */
export function wordStore(table: Table) {
  /** Whoever sent it fell silent, or marks it in a moment: SES has it, so that no second copy may leave. */
  function markSent(key: Key, now: Date, expiresAt: number): Promise<boolean> {
    return conditionHeld(
      table.documents.send(
        new UpdateCommand({
          TableName: table.name,
          Key: key,
          ConditionExpression: '#state = :claimed',
          UpdateExpression: 'SET #state = :sent, updated = :now, expiresAt = :expiresAt REMOVE reason',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':claimed': 'claimed',
            ':sent': 'sent',
            ':now': now.toISOString(),
            ':expiresAt': expiresAt,
          },
        }),
      ),
    );
  }

  return {
    /**
     * Keeps a word where it weighs more than the one before, and leaves the delivery's `state` as it is, but where it was
     * only claimed: then it is `sent`. `expiresAt`, in epoch seconds, is the row's own end.
     *
     * @returns the word that the row holds now; undefined where there is no such delivery
     */
    async note(
      { meetingId, occasion, participantId }: ToldDelivery,
      word: Word,
      now: Date,
      expiresAt: number,
    ): Promise<Word | undefined> {
      const key = mailKey(meetingId, occasion, participantId);
      const row = await weigh(table, key, word);
      if (!row) return undefined;
      const delivery = parseRow(deliverySchema, row);
      if (delivery.state === 'claimed') await markSent(key, now, expiresAt);
      return delivery.word;
    },
  };
}

export type WordStore = ReturnType<typeof wordStore>;

/** Writes the word, unless one that weighs as much stands there. @returns the row as it is then */
async function weigh(table: Table, Key: Key, word: Word): Promise<Row | undefined> {
  try {
    const { Attributes } = await table.documents.send(
      new UpdateCommand({
        TableName: table.name,
        Key,
        ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(wordWeight) OR wordWeight < :weight)',
        UpdateExpression: 'SET word = :word, wordWeight = :weight',
        ExpressionAttributeValues: { ':word': word, ':weight': weightOf(word) },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return Attributes;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item && unmarshall(error.Item);
  }
}
