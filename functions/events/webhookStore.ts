import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { errorOf, log } from '../runtime/log.ts';
import { Refusal } from '../runtime/refusal.ts';
import { parseRow, parseRows } from '../runtime/row.ts';
import { allRows, conditionHeld, getRow, getRows, type Key, type Row, type Table, transact } from '../runtime/table.ts';
import { mostWebhooks, type Webhook, webhookSchema } from './webhook.ts';

/** What of a webhook an admin changes. */
export interface WebhookChange {
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
  /** Null takes it away. */
  readonly description?: string | null | undefined;
}

/** Keeps the addresses of other systems, and by a row in one partition which there are. */
export function webhookStore(table: Table) {
  const { name: TableName, documents } = table;
  return {
    /** All webhooks, read consistently, but for those that this release cannot read. */
    async all(): Promise<Webhook[]> {
      const ids = (await allRows(table, listPartition)).map(({ sk }) => String(sk));
      if (ids.length === 0) return [];
      const { read, unreadable } = parseRows(
        webhookSchema,
        await getRows(table, ids.map(webhookKey), { consistent: true }),
      );
      for (const fault of unreadable) log.error('Webhook left out', { error: errorOf(fault) });
      return read.sort((one, other) => one.created.getTime() - other.created.getTime());
    },

    /** @throws Refusal `webhook-not-found` */
    async get(id: string): Promise<Webhook> {
      const row = await getRow(table, webhookKey(id));
      if (!row) throw webhookNotFound();
      return parseRow(webhookSchema, row);
    },

    /** @throws Refusal `too-many-webhooks` */
    async create(webhook: Webhook): Promise<void> {
      if ((await allRows(table, listPartition)).length >= mostWebhooks) {
        throw new Refusal(
          'conflict',
          'too-many-webhooks',
          `There are ${mostWebhooks} webhooks already; delete one first.`,
        );
      }
      await transact(table, [
        { Put: { TableName, Item: rowOf(webhook) } },
        { Put: { TableName, Item: listKey(webhook.id) } },
      ]);
    },

    /** What is turned on again begins anew: it has not failed yet. @throws Refusal `webhook-not-found` */
    async change(id: string, change: WebhookChange, now: Date): Promise<Webhook> {
      const { description, ...rest } = change;
      const set = { ...rest, ...(description ? { description } : {}), updated: now.toISOString() };
      const given = Object.entries(set).filter(([, value]) => value !== undefined);
      const removed = [
        ...(description === null ? ['description'] : []),
        ...(change.enabled === true ? ['off', 'failingSince', 'pausedUntil', 'pausedBy'] : []),
        ...(change.enabled === false ? ['off'] : []),
      ];
      const names = [...given.map(([name]) => name), ...removed];
      const update = new UpdateCommand({
        TableName,
        Key: { ...webhookKey(id) },
        UpdateExpression: [
          `SET ${given.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
        ReturnValues: 'ALL_NEW',
      });
      return parseRow(webhookSchema, (await existing(() => documents.send(update))).Attributes ?? {});
    },

    /** Puts other secrets in the place of those that were read. @throws Refusal `webhook-not-found`, and `webhook-busy` where they are others by now */
    async replaceSecrets({ id, secrets }: Webhook, next: Webhook['secrets'], now: Date): Promise<void> {
      const update = new UpdateCommand({
        TableName,
        Key: { ...webhookKey(id) },
        UpdateExpression: 'SET secrets = :next, updated = :now',
        ConditionExpression: 'secrets = :read',
        ExpressionAttributeValues: { ':next': stored(next), ':read': stored(secrets), ':now': now.toISOString() },
      });
      if (await conditionHeld(documents.send(update))) return;
      throw new Refusal('conflict', 'webhook-busy', 'Another call gave the webhook a new secret meanwhile.');
    },

    /** Deletes a webhook; what it is still to be told goes with its time. @throws Refusal `webhook-not-found` */
    async remove(id: string): Promise<void> {
      await existing(() =>
        documents.send(
          new DeleteCommand({ TableName, Key: { ...webhookKey(id) }, ConditionExpression: 'attribute_exists(pk)' }),
        ),
      );
      await documents.send(new DeleteCommand({ TableName, Key: { ...listKey(id) } }));
    },
  };
}

export type WebhookStore = ReturnType<typeof webhookStore>;

const listPartition = 'WEBHOOKS';

export function webhookKey(id: string): Key {
  return { pk: `WEBHOOK#${id}`, sk: 'WEBHOOK' };
}

function listKey(id: string): Key & Row {
  return { pk: listPartition, sk: id };
}

export function webhookNotFound(): Refusal {
  return new Refusal('missing', 'webhook-not-found', 'There is no such webhook.');
}

/** @throws Refusal `webhook-not-found` */
async function existing<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw webhookNotFound();
    throw error;
  }
}

function rowOf(webhook: Webhook): Row {
  return {
    ...webhookKey(webhook.id),
    ...webhook,
    secrets: stored(webhook.secrets),
    created: webhook.created.toISOString(),
    updated: webhook.updated.toISOString(),
  };
}

function stored(secrets: Webhook['secrets']): Row[] {
  return secrets.map(({ made, until, ...rest }) => {
    return { ...rest, made: made.toISOString(), ...(until ? { until: until.toISOString() } : {}) };
  });
}
