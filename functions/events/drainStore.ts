import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { epochSeconds, parseRow } from '../runtime/row.ts';
import { conditionHeld, type Row, type Table } from '../runtime/table.ts';
import { drainLeaseSeconds, type Webhook, webhookSchema } from './webhook.ts';
import { webhookKey } from './webhookStore.ts';

/** Who drains: a name of this attempt alone, and the message that brought it. */
export interface Drainer {
  readonly leaseId: string;
  readonly messageId: string;
}

/**
 * What trying to drain found: it is ours; there is nothing to do (it is off, gone, or another message waits for the end of
 * its pause); it pauses by this very message; or somebody is at it and will look once more.
 */
export type Lease =
  | { readonly kind: 'held'; readonly webhook: Webhook }
  | { readonly kind: 'needless' }
  | { readonly kind: 'early'; readonly until: Date };

interface Pause {
  readonly until: Date;
  /** Since when nothing was told with success. */
  readonly failingSince: Date;
}

/** Where a webhook's drain stands: of two messages that are there at once one works, and looks again for what the other brought. */
export function drainStore(table: Table) {
  const update = async (id: string, UpdateExpression: string, ConditionExpression: string, values: Row) =>
    table.documents.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...webhookKey(id) },
        UpdateExpression,
        ConditionExpression,
        ExpressionAttributeValues: values,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );

  /** The row, or as it was where the condition did not hold. */
  async function claim(id: string, { leaseId }: Drainer, now: Date): Promise<{ mine: boolean; webhook?: Webhook }> {
    const condition =
      'enabled = :true AND (attribute_not_exists(pausedUntil) OR pausedUntil <= :now) AND (attribute_not_exists(leaseId) OR leaseUntil < :seconds)';
    const values = {
      ':true': true,
      ':now': now.toISOString(),
      ':seconds': epochSeconds(now),
      ':leaseId': leaseId,
      ':until': epochSeconds(now) + drainLeaseSeconds,
    };
    try {
      const set = 'SET leaseId = :leaseId, leaseUntil = :until REMOVE again, pausedUntil, pausedBy';
      const { Attributes } = await update(id, set, condition, values);
      return { mine: true, webhook: parseRow(webhookSchema, Attributes ?? {}) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { mine: false, ...(error.Item ? { webhook: parseRow(webhookSchema, unmarshall(error.Item)) } : {}) };
    }
  }

  return {
    /** Takes the lease for `drainLeaseSeconds`. @param from the sort key of an event that is to be told */
    async take(id: string, from: string | undefined, drainer: Drainer, now: Date): Promise<Lease> {
      for (;;) {
        const { mine, webhook } = await claim(id, drainer, now);
        if (!webhook) return { kind: 'needless' };
        const late = from !== undefined && webhook.toldUntil !== undefined && from < webhook.toldUntil;
        const lowered = late ? { ...webhook, toldUntil: from } : webhook;
        // A call that the SDK repeats, since it heard no answer, finds its own lease.
        if (mine || webhook.leaseId === drainer.leaseId) return { kind: 'held', webhook: lowered };
        if (!webhook.enabled) return { kind: 'needless' };
        const pausedUntil = webhook.pausedUntil && webhook.pausedUntil > now ? webhook.pausedUntil : undefined;
        if (pausedUntil && webhook.pausedBy === drainer.messageId) return { kind: 'early', until: pausedUntil };
        // Whoever holds it, or comes after the pause, begins there.
        const seen = pausedUntil
          ? { condition: 'pausedUntil = :seen', value: pausedUntil.toISOString() }
          : { condition: 'leaseId = :seen', value: webhook.leaseId };
        const set = `SET again = :true${late ? ', toldUntil = :from' : ''}`;
        const values = { ':true': true, ':seen': seen.value, ...(late ? { ':from': from } : {}) };
        if (pausedUntil && !late) return { kind: 'needless' };
        if (await conditionHeld(update(id, set, seen.condition, values))) return { kind: 'needless' };
      }
    },

    /**
     * Gives the lease back where all is told.
     *
     * @returns false where another message came meanwhile: there may be more to tell
     */
    async release(id: string, { leaseId }: Drainer, toldUntil: string | undefined, isWell: boolean): Promise<boolean> {
      const told = toldUntil === undefined ? '' : 'SET toldUntil = :told ';
      const gone = `leaseId, leaseUntil${isWell ? ', failingSince' : ''}`;
      const values = { ':leaseId': leaseId, ...(toldUntil === undefined ? {} : { ':told': toldUntil }) };
      return conditionHeld(
        update(id, `${told}REMOVE ${gone}`, 'leaseId = :leaseId AND attribute_not_exists(again)', values),
      );
    },

    /** Looks once more: the webhook as it is now, and still ours; undefined where it is not. */
    async renew(id: string, { leaseId }: Drainer, now: Date): Promise<Webhook | undefined> {
      try {
        const values = { ':leaseId': leaseId, ':true': true, ':until': epochSeconds(now) + drainLeaseSeconds };
        const condition = 'leaseId = :leaseId AND enabled = :true';
        const { Attributes } = await update(id, 'SET leaseUntil = :until REMOVE again', condition, values);
        return parseRow(webhookSchema, Attributes ?? {});
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    /**
     * Gives the lease back until a moment; this very message comes again then, and begins where this one did: of what was
     * told since then nothing is told again.
     */
    async pause(id: string, { leaseId, messageId }: Drainer, { until, failingSince }: Pause): Promise<void> {
      const values = {
        ':leaseId': leaseId,
        ':until': until.toISOString(),
        ':by': messageId,
        ':since': failingSince.toISOString(),
      };
      const set = 'SET pausedUntil = :until, pausedBy = :by, failingSince = :since REMOVE leaseId, leaseUntil, again';
      await conditionHeld(update(id, set, 'leaseId = :leaseId', values));
    },

    /** Gives the lease back before all is told: another message goes on. */
    async handOver(id: string, { leaseId }: Drainer, isWell: boolean): Promise<void> {
      const gone = `leaseId, leaseUntil, again${isWell ? ', failingSince' : ''}`;
      await conditionHeld(update(id, `REMOVE ${gone}`, 'leaseId = :leaseId', { ':leaseId': leaseId }));
    },

    /** Turns a webhook off: nothing is made for it, or sent to it, until an admin turns it on again. */
    async turnOff(id: string, { leaseId }: Drainer, reason: string, now: Date): Promise<boolean> {
      const off = { reason, since: now.toISOString() };
      const values = { ':leaseId': leaseId, ':false': false, ':off': off, ':now': now.toISOString() };
      const set = 'SET enabled = :false, off = :off, updated = :now REMOVE leaseId, leaseUntil, again';
      return conditionHeld(update(id, set, 'leaseId = :leaseId', values));
    },
  };
}

export type DrainStore = ReturnType<typeof drainStore>;
