import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Limit } from '../runtime/limit.ts';
import { counting } from '../runtime/limitStore.ts';
import { errorOf, log } from '../runtime/log.ts';
import { epochSeconds, parseRow, parseRows } from '../runtime/row.ts';
import { allRows, failedConditions, getRow, type Table, transact } from '../runtime/table.ts';
import {
  type Delivery,
  deliveryKey,
  deliveryPrefix,
  deliverySchema,
  isFinished,
  leaseSeconds,
  mayHaveArrived,
} from './delivery.ts';
import type { Job } from './job.ts';

/** What became of a job: the last state of its row. */
export type Outcome =
  | { readonly state: 'sent'; readonly messageId?: string; readonly reason?: string }
  /** `unclear` where it may have been sent all the same. */
  | { readonly state: 'failed'; readonly reason: string; readonly unclear?: boolean }
  | { readonly state: 'superseded' };

/**
 * What trying to claim a job found: it is ours; it was done before; someone else is at it; or it is
 * not known whether the one who was at it had sent it.
 */
export type Claim = 'claimed' | 'finished' | 'busy' | 'unclear';

/** Which claim is given up for now, why, and whether it is known that nothing was sent. */
export interface Release {
  readonly claimId: string;
  readonly reason: string;
  readonly unsent: boolean;
}

/** Keeps deliveries: each is claimed before it is done and marked after. */
export function deliveryStore(table: Table) {
  return {
    /** The deliveries of a meeting, but for those of an occasion that another release knows. */
    async ofMeeting(meetingId: string): Promise<Delivery[]> {
      const { read, unreadable } = parseRows(
        deliverySchema,
        await allRows(table, `MEETING#${meetingId}`, deliveryPrefix),
      );
      for (const fault of unreadable) log.error('Delivery left out', { meetingId, error: errorOf(fault) });
      return read;
    },

    /** Whether one of some deliveries of a meeting, by their sort keys, may have reached its address. */
    async haveArrived(meetingId: string, sortKeys: readonly string[]): Promise<boolean> {
      for (const sk of sortKeys) {
        const row = await getRow(table, { pk: `MEETING#${meetingId}`, sk });
        if (row && mayHaveArrived(parseRow(deliverySchema, row))) return true;
      }
      return false;
    },

    /**
     * Claims a job for `leaseSeconds`; one that was superseded only where it has been renewed. Whose answer was lost
     * finds the claim again by `claimId`, which nobody else has.
     */
    async claim(job: Job, claimId: string, now: Date): Promise<Claim> {
      const seconds = epochSeconds(now);
      const to = job.kind === 'invitation' ? job.to : undefined;
      const leaseUntil = seconds + leaseSeconds;
      const set = { state: 'claimed', claimId, leaseUntil, updated: now.toISOString(), to };
      try {
        await updateDelivery(table, job, claimable, {
          set,
          values: {
            ':claimed': 'claimed',
            ':renewable': job.renewed ? 'superseded' : 'none',
            ':now': seconds,
            ...oneMoreValues,
          },
          more: oneMore('attempts'),
        });
        return 'claimed';
      } catch (error) {
        return claimOnExisting(rowOf(error), claimId, seconds);
      }
    },

    /**
     * Counts a claimed job within a limit, along with a mark on its row, so that no attempt counts it again.
     *
     * @returns false where that were too many
     */
    async countOnce(job: Job, limit: Limit, now: Date): Promise<boolean> {
      const mark = {
        TableName: table.name,
        Key: deliveryKey(job),
        UpdateExpression: 'SET counted = :true',
        ConditionExpression: '#state = :claimed AND attribute_not_exists(counted)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':true': true, ':claimed': 'claimed' },
      };
      try {
        await transact(table, [{ Update: mark }, { Update: counting(table, limit, 1, now) }]);
        return true;
      } catch (error) {
        const failed = failedConditions(error);
        if (failed.length === 0) throw error;
        return failed.includes(0);
      }
    },

    /**
     * Says that a message which must never leave twice is about to leave; from here on, silence counts as sent.
     *
     * @throws ConditionalCheckFailedException where the claim is another's by now
     */
    async beginSending(job: Job, claimId: string, now: Date): Promise<void> {
      const set = { state: 'sending', claimId, updated: now.toISOString() };
      try {
        await updateDelivery(table, job, '#state = :claimed AND #claimId = :claimId', {
          set,
          values: { ':claimed': 'claimed', ':claimId': claimId },
        });
      } catch (error) {
        const row = rowOf(error);
        if (row.state !== 'sending' || row.claimId !== claimId) throw error;
      }
    },

    /**
     * Gives a claim back, so that the next attempt need not wait for its lease to end. A message that
     * was about to leave and must not leave twice is given back only where it is known to be unsent. A call that the SDK
     * repeats, since it heard no answer, counts once, and gives back no claim that somebody else has by then.
     */
    async release(job: Job, { claimId, reason, unsent }: Release, now: Date): Promise<void> {
      const set = { state: 'claimed', leaseUntil: 0, reason, updated: now.toISOString() };
      const [condition, changes] = unsent ? openState(set, unsent) : claimedState(set);
      const values = { ...changes.values, ':zero': 0, ':claimId': claimId };
      try {
        await updateDelivery(table, job, `${condition} AND claimId = :claimId AND leaseUntil > :zero`, {
          ...changes,
          values,
        });
      } catch (error) {
        rowOf(error);
      }
    },

    /** Marks a job as ended; what has ended before stays as it was. `expiresAt`, in epoch seconds, is the row's own end. */
    async finish(job: Job, outcome: Outcome, now: Date, expiresAt: number): Promise<void> {
      const unsent = outcome.state === 'superseded' || (outcome.state === 'failed' && !outcome.unclear);
      try {
        await updateDelivery(table, job, ...openState({ ...outcome, updated: now.toISOString(), expiresAt }, unsent));
      } catch (error) {
        if (!isFinished(rowOf(error))) throw error;
      }
    },
  };
}

export type DeliveryStore = ReturnType<typeof deliveryStore>;

const claimable = 'attribute_not_exists(pk) OR (#state = :claimed AND leaseUntil < :now) OR #state = :renewable';

const oneMoreValues = { ':zero': 0, ':one': 1 };

function oneMore(count: 'attempts' | 'unsent'): string {
  return `, ${count} = if_not_exists(${count}, :zero) + :one`;
}

type Fields = Readonly<Record<string, unknown>>;

interface Write {
  readonly set: Fields;
  /** Values that the condition, or `more`, needs. */
  readonly values: Fields;
  readonly more?: string;
}

function claimedState(set: Fields): [string, Write] {
  return ['#state = :claimed', { set, values: { ':claimed': 'claimed' } }];
}

/** `unsent` where this attempt is known to have sent nothing. */
function openState(set: Fields, unsent: boolean): [string, Write] {
  const values = { ':claimed': 'claimed', ':sending': 'sending', ...(unsent ? oneMoreValues : {}) };
  return ['#state IN (:claimed, :sending)', { set, values, ...(unsent ? { more: oneMore('unsent') } : {}) }];
}

async function updateDelivery(
  table: Table,
  job: Job,
  condition: string,
  { set, values, more = '' }: Write,
): Promise<void> {
  const fields = Object.entries(set).filter(([, value]) => value !== undefined);
  await table.documents.send(
    new UpdateCommand({
      TableName: table.name,
      Key: deliveryKey(job),
      ConditionExpression: condition,
      UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :new_${name}`).join(', ')}${more}`,
      ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...values,
        ...Object.fromEntries(fields.map(([name, value]) => [`:new_${name}`, value])),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
}

/** The row that a condition did not fit. @throws the error, where it is another */
function rowOf(error: unknown): Delivery {
  if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
  return parseRow(deliverySchema, unmarshall(error.Item));
}

function claimOnExisting(delivery: Delivery, claimId: string, nowSeconds: number): Claim {
  if (isFinished(delivery)) return 'finished';
  if (delivery.state === 'claimed' && delivery.claimId === claimId) return 'claimed';
  return delivery.state === 'sending' && delivery.leaseUntil < nowSeconds ? 'unclear' : 'busy';
}
