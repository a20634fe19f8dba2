import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { errorOf, log } from '../runtime/log.ts';
import { epochSeconds, parseRows } from '../runtime/row.ts';
import { conditionHeld, type Row, type Table } from '../runtime/table.ts';
import type { Event } from './event.ts';
import { eventPrefix, type KeptAttempt, type OwedEvent, owedEventSchema, sortKeyOf } from './owedEvent.ts';
import { patienceMilliseconds } from './webhook.ts';
import { webhookKey } from './webhookStore.ts';

/** A page of the events of a webhook, the newest first; `next` is where the one after begins. */
export interface OwedEventPage {
  readonly events: OwedEvent[];
  readonly next: string | undefined;
}

/** Keeps what each webhook is to be told, with what became of it, for three days. */
export function owedEventStore(table: Table) {
  const { name: TableName, documents } = table;
  return {
    /** Keeps an event for a webhook; one that is there stays as it is. */
    async keep(webhookId: string, event: Event): Promise<void> {
      const put = new PutCommand({
        TableName,
        Item: rowOf(webhookId, event),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await conditionHeld(documents.send(put));
    },

    /** The events of a webhook from one on (its sort key), in their order, but for those that this release cannot read. */
    async *from(webhookId: string, first: string | undefined): AsyncGenerator<OwedEvent> {
      let start: Row | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
            ExpressionAttributeValues: {
              ':pk': webhookKey(webhookId).pk,
              ':first': first ?? eventPrefix,
              ':last': end,
            },
            ConsistentRead: true,
            Limit: eventsPerPage,
            ...(start ? { ExclusiveStartKey: start } : {}),
          }),
        );
        yield* readable(webhookId, page.Items ?? []);
        start = page.LastEvaluatedKey;
      } while (start);
    },

    /** The newest events of a webhook. @param before the sort key that the page before ended with */
    async page(webhookId: string, limit: number, before: string | undefined): Promise<OwedEventPage> {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: { ':pk': webhookKey(webhookId).pk, ':first': eventPrefix, ':last': end },
          ScanIndexForward: false,
          Limit: limit,
          ...(before === undefined ? {} : { ExclusiveStartKey: { pk: webhookKey(webhookId).pk, sk: before } }),
        }),
      );
      return { events: readable(webhookId, Items), next: LastEvaluatedKey && String(LastEvaluatedKey.sk) };
    },

    /** Adds an attempt, and with it whether the event is told now. */
    async record(webhookId: string, { sk }: OwedEvent, attempt: KeptAttempt, isTold: boolean): Promise<void> {
      const update = new UpdateCommand({
        TableName,
        Key: { ...webhookKey(webhookId), sk },
        UpdateExpression: 'SET attempts = list_append(attempts, :attempt), #state = :state',
        // Whatever DynamoDB has removed meanwhile stays so.
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':attempt': [{ ...attempt, at: attempt.at.toISOString() }],
          ':state': isTold ? 'told' : 'waiting',
        },
      });
      await conditionHeld(documents.send(update));
    },
  };
}

export type OwedEventStore = ReturnType<typeof owedEventStore>;

const end = 'EVENT$';
const eventsPerPage = 25;

function rowOf(webhookId: string, event: Event): Row {
  const { id, type, time, data } = event;
  return {
    pk: webhookKey(webhookId).pk,
    sk: sortKeyOf(event),
    id,
    type,
    time: time.toISOString(),
    data,
    state: 'waiting',
    attempts: [],
    expiresAt: epochSeconds(event.order) + patienceMilliseconds / 1_000,
  };
}

function readable(webhookId: string, rows: readonly Row[]): OwedEvent[] {
  const { read, unreadable } = parseRows(owedEventSchema, rows);
  for (const fault of unreadable) log.error('Event left out', { webhookId, error: errorOf(fault) });
  return read;
}
