import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../../runtime/inParallel.ts';
import { errorOf, log } from '../../runtime/log.ts';
import { parseRows } from '../../runtime/row.ts';
import { allRows, conditionHeld, getRow, type Key, type Row, type Table, writeRows } from '../../runtime/table.ts';
import type { Meeting } from '../meeting.ts';
import { meetingKey } from '../meetingStore.ts';
import { type Answer, type Answers, answerSchema } from './answer.ts';

/** Keeps what participants answered, in rows of their own beside the meeting's. */
export function answerStore(table: Table) {
  return {
    /** The answers to a meeting, read consistently, but for those that this release cannot read. */
    async ofMeeting(meetingId: string): Promise<Answers> {
      const rows = await allRows(table, meetingKey(meetingId).pk, prefix);
      return new Map(parseAnswers(meetingId, rows).map((answer) => [answer.participantId, answer]));
    },

    /** The last answer of one participant; none where this release cannot read it. */
    async find(meetingId: string, participantId: string): Promise<Answer | undefined> {
      const row = await getRow(table, keyOf(meetingId, participantId));
      return row && parseAnswers(meetingId, [row])[0];
    },

    /** Writes an answer, unless the participant gave a later one. */
    async keep(meetingId: string, answer: Answer): Promise<void> {
      const put = new PutCommand({
        TableName: table.name,
        Item: rowOf(meetingId, answer),
        ConditionExpression: 'attribute_not_exists(pk) OR #when <= :when',
        ExpressionAttributeNames: { '#when': 'when' },
        ExpressionAttributeValues: { ':when': answer.when.toISOString() },
      });
      await conditionHeld(table.documents.send(put));
    },

    /** Takes out what somebody answered. */
    async remove(meetingId: string, participantId: string): Promise<void> {
      const key = keyOf(meetingId, participantId);
      await table.documents.send(new DeleteCommand({ TableName: table.name, Key: { ...key } }));
    },

    /** Leaves of the answers to a meeting those of whoever takes part, and has them live as long as it. */
    async sync({ id, participants }: Pick<Meeting, 'id' | 'participants'>, expiresAt: number): Promise<void> {
      const present = new Set(participants.map((person) => keyOf(id, person.id).sk));
      const rows = await allRows(table, meetingKey(id).pk, prefix);
      const gone = rows.filter(({ sk }) => !present.has(String(sk)));
      const moved = rows.filter((row) => present.has(String(row.sk)) && row.expiresAt !== expiresAt);
      await writeRows(
        table,
        [],
        gone.map(({ sk }) => ({ pk: meetingKey(id).pk, sk: String(sk) })),
      );
      await inParallel(moved, writesAtOnce, (row) => postpone(table, row, expiresAt));
    },
  };
}

export type AnswerStore = ReturnType<typeof answerStore>;

const prefix = 'ANSWER#';
const writesAtOnce = 10;

function keyOf(meetingId: string, participantId: string): Key {
  return { pk: meetingKey(meetingId).pk, sk: `${prefix}${participantId}` };
}

function parseAnswers(meetingId: string, rows: readonly Row[]): Answer[] {
  const { read, unreadable } = parseRows(answerSchema, rows);
  for (const fault of unreadable) log.error('Answer left out', { meetingId, error: errorOf(fault) });
  return read;
}

function rowOf(meetingId: string, answer: Answer): Row {
  return {
    ...answer,
    ...keyOf(meetingId, answer.participantId),
    when: answer.when.toISOString(),
    proposed: answer.proposed?.map(({ validSince, validUntil }) => {
      return { validSince: validSince.toISOString(), validUntil: validUntil.toISOString() };
    }),
  };
}

/** An answer that was taken out meanwhile stays so. */
async function postpone(table: Table, { pk, sk }: Row, expiresAt: number): Promise<void> {
  const update = new UpdateCommand({
    TableName: table.name,
    Key: { pk, sk },
    UpdateExpression: 'SET expiresAt = :at',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':at': expiresAt },
  });
  await conditionHeld(table.documents.send(update));
}
