import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Count } from '../runtime/limit.ts';
import { counting } from '../runtime/limitStore.ts';
import { epochSeconds, parseRow, secondsPerDay } from '../runtime/row.ts';
import { conditionHeld, failedConditions, getRow, type Row, type Table, transact } from '../runtime/table.ts';
import { userDeleted } from '../users/userEntry.ts';
import { userStands } from '../users/userStore.ts';
import { listingKey, listingRow } from './listings/listing.ts';
import { type Meeting, meetingSchema } from './meeting.ts';

/** What a caller sent with `Idempotency-Key`, so that the same call made again makes nothing again. */
export interface Idempotency {
  readonly userId: string;
  /** SHA-256 of the key, so that a row's key has a bounded length. */
  readonly keyHash: string;
  readonly bodyHash: string;
}

/** A call made before under the same key. */
export interface EarlierCall {
  readonly meetingId: string;
  readonly bodyHash: string;
}

/** What became of a new meeting: it was written, or a call under the same key was faster, or another has its code. */
export type Created = 'created' | 'key-used' | 'pin-taken';

const meetingPlaceSchema = z.extend(z.pick(meetingSchema, { id: true, organizerId: true, validSince: true }), {
  participants: z.catch(z.pick(meetingSchema, { participants: true }).shape.participants, []),
});

/** What lists know a meeting by. */
export type MeetingPlace = Readonly<z.output<typeof meetingPlaceSchema>>;

const pinRowSchema = z.object({ meetingId: z.string() });

const earlierCallSchema = z.object({ meetingId: z.string(), bodyHash: z.string(), expiresAt: z.number() });

/** Keeps meetings: each change is one conditional write. */
export function meetingStore(table: Table, retentionDays: number) {
  return {
    /** The meeting as it is now, read consistently. @throws UnreadableRow */
    async get(id: string): Promise<Meeting | undefined> {
      const row = await getRow(table, meetingKey(id));
      return row && parseRow(meetingSchema, row);
    },

    /** Where a meeting that cannot be read is listed, as far as that can be; of one without people its organizer's place. */
    async placeOfUnreadable(id: string): Promise<MeetingPlace | undefined> {
      const row = await getRow(table, meetingKey(id));
      return z.safeParse(meetingPlaceSchema, row).data;
    },

    /** The call made under the same key within 24 hours, if there was one. */
    async earlierCall(idempotency: Idempotency, now: Date): Promise<EarlierCall | undefined> {
      const row = await getRow(table, idempotencyKey(idempotency));
      const call = row && z.parse(earlierCallSchema, row);
      return call && call.expiresAt > epochSeconds(now) ? call : undefined;
    },

    /**
     * Writes a new meeting, its organizer's listing entry, its dial-in code, the record of the caller's key
     * and what the call is counted as, all or none.
     *
     * @throws Refusal `user-deleted`, where the organizer has been deleted at that moment, or that of a count
     */
    async create(
      meeting: Meeting,
      idempotency: Idempotency | undefined,
      counts: readonly Count[] = [],
    ): Promise<Created> {
      const writes = {
        meeting: putItem(table, meetingRow(meeting, retentionDays), 'attribute_not_exists(pk)'),
        listing: putItem(table, organizerRow(meeting, retentionDays)),
        organizer: userStands(table, meeting.organizerId),
        ...(idempotency ? { key: putIdempotency(table, idempotency, meeting) } : {}),
        ...(meeting.pin
          ? { pin: putUnlessAlive(table, pinRow(meeting, meeting.pin, retentionDays), meeting.created) }
          : {}),
      };
      try {
        await transact(table, [...countWrites(table, counts, meeting.created), ...Object.values(writes)]);
        return 'created';
      } catch (error) {
        const names = [...counts, ...Object.keys(writes)];
        const failed = new Set(failedConditions(error).map((index) => names[index]));
        if (failed.has('organizer')) throw userDeleted();
        if (failed.has('key')) return 'key-used';
        for (const count of counts) if (failed.has(count)) throw count.refusal;
        if (failed.has('pin')) return 'pin-taken';
        throw error;
      }
    },

    /** Takes out of a meeting what calendars know its organizer by, if they were deleted and it has not changed since. */
    async forgetOrganizer({ id, revision }: Meeting): Promise<void> {
      const update = new UpdateCommand({
        TableName: table.name,
        Key: meetingKey(id),
        UpdateExpression: 'SET revision = :next REMOVE organizer',
        ConditionExpression: 'revision = :revision AND organizer.leaving = :true',
        ExpressionAttributeValues: { ':revision': revision, ':next': revision + 1, ':true': true },
      });
      await conditionHeld(table.documents.send(update));
    },

    /** The meeting that a dial-in code opens. */
    async ofPin(pin: string): Promise<Meeting | undefined> {
      const row = await getRow(table, pinKey(pin));
      const meeting = row && (await this.get(z.parse(pinRowSchema, row).meetingId));
      return meeting?.pin === pin ? meeting : undefined;
    },

    /**
     * Writes a meeting in the place of the revision before it, and its organizer's listing entry with it; where its
     * times change, the end of its dial-in code too.
     *
     * @returns false where another change was faster
     * @throws Refusal that of a count
     */
    async change(before: Meeting, after: Meeting, counts: readonly Count[] = []): Promise<boolean> {
      try {
        await transact(table, [
          replaceItem(table, meetingRow(after, retentionDays), before.revision),
          ...countWrites(table, counts, after.updated),
          ...organizerListing(table, before, after, retentionDays),
          ...pinMove(table, before, after, retentionDays),
        ]);
        return true;
      } catch (error) {
        const failed = failedConditions(error);
        if (failed.includes(0)) return false;
        for (const [index, { refusal }] of counts.entries()) if (failed.includes(index + 1)) throw refusal;
        throw error;
      }
    },
  };
}

export type MeetingStore = ReturnType<typeof meetingStore>;

export function meetingKey(id: string) {
  return { pk: `MEETING#${id}`, sk: 'MEETING' };
}

/** When DynamoDB may remove what belongs to a meeting, in epoch seconds. */
export function expiryOf(meeting: Pick<Meeting, 'validUntil'>, retentionDays: number): number {
  return epochSeconds(meeting.validUntil) + retentionDays * secondsPerDay;
}

function meetingRow(meeting: Meeting, retentionDays: number): Row {
  return {
    ...meetingKey(meeting.id),
    ...meeting,
    validSince: meeting.validSince.toISOString(),
    validUntil: meeting.validUntil.toISOString(),
    removed: meeting.removed.map((person) => ({ ...person, takenOff: person.takenOff?.toISOString() })),
    invitedAgain: meeting.invitedAgain?.toISOString(),
    history: meeting.history?.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
    created: meeting.created.toISOString(),
    updated: meeting.updated.toISOString(),
    expiresAt: expiryOf(meeting, retentionDays),
  };
}

function putItem({ name }: Table, Item: Row, condition?: string) {
  return { Put: { TableName: name, Item, ...(condition ? { ConditionExpression: condition } : {}) } };
}

function replaceItem(table: Table, row: Row, revision: number) {
  return {
    Put: {
      TableName: table.name,
      Item: row,
      ConditionExpression: 'revision = :before',
      ExpressionAttributeValues: { ':before': revision },
    },
  };
}

/** The organizer sees at once in their list what they have changed; whoever was deleted has no list. */
function organizerListing(table: Table, before: Meeting, after: Meeting, retentionDays: number) {
  const isThere = after.organizer !== undefined && after.organizer.leaving !== true;
  const sameStart = before.validSince.getTime() === after.validSince.getTime();
  return [
    ...(isThere ? [putItem(table, organizerRow(after, retentionDays))] : []),
    ...(isThere && sameStart
      ? []
      : [{ Delete: { TableName: table.name, Key: listingKey(before, before.organizerId) } }]),
  ];
}

function organizerRow(meeting: Meeting, retentionDays: number): Row {
  return listingRow(meeting, { userId: meeting.organizerId, role: 'organizer' }, expiryOf(meeting, retentionDays));
}

function countWrites(table: Table, counts: readonly Count[], now: Date) {
  return counts.map(({ limit, amount }) => ({ Update: counting(table, limit, amount, now) }));
}

/** A code is another meeting's only once this one's row has expired, so it may be written over as it is. */
function pinMove(table: Table, before: Meeting, after: Meeting, retentionDays: number) {
  const sameEnd = before.validUntil.getTime() === after.validUntil.getTime();
  return after.pin === undefined || sameEnd ? [] : [putItem(table, pinRow(after, after.pin, retentionDays))];
}

/** Of a meeting that was cancelled too the code stays taken until its row expires: nobody ends up in another meeting. */
function pinRow(meeting: Meeting, pin: string, retentionDays: number): Row {
  return { ...pinKey(pin), meetingId: meeting.id, expiresAt: expiryOf(meeting, retentionDays) };
}

function pinKey(pin: string) {
  return { pk: `PIN#${pin}`, sk: `PIN#${pin}` };
}

/** DynamoDB may remove an expired row as much as two days late. */
function putUnlessAlive(table: Table, Item: Row, now: Date) {
  return {
    Put: {
      TableName: table.name,
      Item,
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': epochSeconds(now) },
    },
  };
}

function putIdempotency(table: Table, idempotency: Idempotency, meeting: Meeting) {
  const row = {
    ...idempotencyKey(idempotency),
    meetingId: meeting.id,
    bodyHash: idempotency.bodyHash,
    expiresAt: epochSeconds(meeting.created) + secondsPerDay,
  };
  return putUnlessAlive(table, row, meeting.created);
}

function idempotencyKey({ userId, keyHash }: Idempotency) {
  const key = `IDEMPOTENCY#${userId}#${keyHash}`;
  return { pk: key, sk: key };
}
