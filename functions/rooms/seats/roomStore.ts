import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { longestMeetingDays } from '../../meetings/meeting.ts';
import { epochSeconds, secondsPerDay } from '../../runtime/row.ts';
import { conditionHeld, failedConditions, queryRows, type Table, transact } from '../../runtime/table.ts';
import { connectionKey } from '../signalling/connectionRow.ts';
import {
  connectedWithoutSeat,
  deleteExisting,
  heldSeatRelease,
  knockKey,
  leaseExtension,
  putSeat,
  removalKey,
  roomKey,
  seatConnection,
  seatExpiry,
  seatKey,
  seatRemoval,
  useHostToken,
  whileHeld,
  withCondition,
} from './roomRows.ts';
import { roomStateStore, updateIfHeld } from './roomStateStore.ts';
import {
  answerMilliseconds,
  type Knock,
  knockSchema,
  type Removal,
  type Room,
  type RoomState,
  removalSchema,
  roomStateSchema,
  type Seat,
  seatSchema,
} from './seat.ts';

/** `taken`: somebody was faster; `gone`: the connection has ended, or has a seat already; `used`: the host's token is. */
export type SitOutcome = 'seated' | 'taken' | 'gone' | 'used';

/** What else ends, or is used, as somebody sits down. */
interface Sitting {
  readonly returns: boolean;
  readonly knock?: Knock | undefined;
  readonly hostToken?: string | undefined;
}

/** No meeting lasts longer than 31 days. */
const longestMeetingSeconds = longestMeetingDays * secondsPerDay;

/** What a knock that was withdrawn is held until: by nobody's clock does it wait, nor is it extended again. */
const withdrawn = 0;

/** Keeps rooms: what is known of them, and who is in them. Each change is one conditional write. */
export function roomStore(table: Table) {
  return {
    ...roomStateStore(table),

    /** The room as it is now, read consistently. */
    async read(roomId: string): Promise<Room> {
      const seats: Seat[] = [];
      const knocks: Knock[] = [];
      const removals: Removal[] = [];
      let state: RoomState | undefined;
      for await (const row of queryRows(table, roomKey(roomId).pk)) {
        const kind = String(row.sk).split('#')[0];
        if (kind === 'SEAT') seats.push(z.parse(seatSchema, row));
        else if (kind === 'KNOCK') knocks.push(z.parse(knockSchema, row));
        else if (kind === 'REMOVED') removals.push(z.parse(removalSchema, row));
        else state = z.parse(roomStateSchema, row);
      }
      return { id: roomId, state, seats, knocks, removals };
    },

    /** Takes a seat that is free, or the own one again; a knock that led to it ends with it, and a host's token is used. */
    async sit(roomId: string, seat: Seat, { returns, knock, hostToken }: Sitting, now: Date): Promise<SitOutcome> {
      const items = [
        putSeat(table, roomId, seat, { returns }, now),
        seatConnection(table, seat),
        ...(knock ? [deleteExisting(table, knockKey(roomId, knock.id))] : []),
        ...(hostToken === undefined ? [] : [useHostToken(table, hostToken, seat)]),
      ];
      const tokenIndex = hostToken === undefined ? undefined : items.length - 1;
      return outcomeOf(transact(table, items), tokenIndex);
    },

    /** Lets somebody wait to be admitted. @returns false where their connection has ended, or has a seat */
    async wait(roomId: string, knock: Knock): Promise<boolean> {
      const Item = { ...knockKey(roomId, knock.id), ...knock, expiresAt: seatExpiry(knock) };
      const check = {
        TableName: table.name,
        Key: connectionKey(knock.connectionId),
        ConditionExpression: connectedWithoutSeat,
      };
      const waits = transact(table, [{ Put: { TableName: table.name, Item } }, { ConditionCheck: check }]);
      return (await outcomeOf(waits)) === 'seated';
    },

    /** Gives somebody whom others miss a while to answer. @returns false where they have no more than that already */
    miss(roomId: string, seat: Seat, now: Date) {
      const missed = whileHeld(seat, {
        UpdateExpression: 'SET heldUntil = :soon',
        ExpressionAttributeValues: { ':soon': now.getTime() + answerMilliseconds },
      });
      const ConditionExpression = `${missed.ConditionExpression} AND heldUntil > :soon`;
      return updateIfHeld(table, seatKey(roomId, seat.number), { ...missed, ConditionExpression });
    },

    /** Holds a seat for another lease. @returns false where another has it, or it has lapsed: its holder was told nothing since */
    extend: (roomId: string, seat: Seat, now: Date) =>
      updateIfHeld(
        table,
        seatKey(roomId, seat.number),
        withCondition(whileHeld(seat, leaseExtension(now)), 'heldUntil > :now', now),
      ),

    /** @returns false where it has ended, or was withdrawn */
    extendKnock(roomId: string, { id }: Knock, now: Date) {
      const extension = leaseExtension(now);
      return updateIfHeld(table, knockKey(roomId, id), {
        ...extension,
        ConditionExpression: 'heldUntil > :withdrawn',
        ExpressionAttributeValues: { ...extension.ExpressionAttributeValues, ':withdrawn': withdrawn },
      });
    },

    /** Keeps that somebody is about to be told that they wait. @returns false where their knock has ended, or was withdrawn */
    confirmKnock: (roomId: string, { id }: Knock) =>
      updateIfHeld(table, knockKey(roomId, id), {
        UpdateExpression: 'SET confirmed = :true',
        ConditionExpression: 'heldUntil > :withdrawn',
        ExpressionAttributeValues: { ':true': true, ':withdrawn': withdrawn },
      }),

    /** Changes what others see of somebody. @returns false where the seat is theirs no more */
    change(
      roomId: string,
      seat: Seat,
      fields: Partial<Pick<Seat, 'name' | 'camera' | 'microphone' | 'screen' | 'sharedAt'>>,
    ) {
      const names = Object.keys(fields);
      return updateIfHeld(
        table,
        seatKey(roomId, seat.number),
        whileHeld(seat, {
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(Object.entries(fields).map(([name, to]) => [`:${name}`, to])),
        }),
      );
    },

    /** Takes somebody's screen down. @returns false where they share no more, or anew, or the seat is another's */
    stopShare(roomId: string, seat: Seat) {
      const change = whileHeld(seat, {
        UpdateExpression: 'SET screen = :off',
        ExpressionAttributeValues: { ':off': false, ':on': true, ':at': seat.sharedAt },
      });
      const ConditionExpression = `${change.ConditionExpression} AND screen = :on AND sharedAt = :at`;
      return updateIfHeld(table, seatKey(roomId, seat.number), { ...change, ConditionExpression });
    },

    /** Frees a seat, which its holder may come back to. @returns false where another did, or holds it by now */
    release: (roomId: string, seat: Seat, how: 'left' | 'lost', now: Date) =>
      updateIfHeld(table, seatKey(roomId, seat.number), heldSeatRelease(seat, how, now)),

    /** Frees a seat that its holder has not kept. @returns false where another did, or its holder was faster */
    lapse: (roomId: string, seat: Seat, now: Date) =>
      updateIfHeld(
        table,
        seatKey(roomId, seat.number),
        withCondition(heldSeatRelease(seat, 'lost', now), 'heldUntil <= :now', now),
      ),

    /** Takes somebody's seat, and keeps who they were; also where they are about to come back to it. @returns false where it is another's */
    async remove(roomId: string, seat: Seat, now: Date): Promise<boolean> {
      const { tokenHash, fingerprints = [] } = seat;
      const removal: Removal = { tokenHash, fingerprints };
      const expiresAt = epochSeconds(now) + longestMeetingSeconds;
      const removing = transact(table, [
        { Update: { TableName: table.name, Key: seatKey(roomId, seat.number), ...seatRemoval(seat, now) } },
        { Put: { TableName: table.name, Item: { ...removalKey(roomId, seat.id), ...removal, expiresAt } } },
      ]);
      return (await outcomeOf(removing)) === 'seated';
    },

    /** Frees a seat for good. @returns false where another holds it by now */
    leave: (roomId: string, seat: Seat) =>
      conditionHeld(
        table.documents.send(
          new DeleteCommand({
            TableName: table.name,
            Key: seatKey(roomId, seat.number),
            ...whileHeld(seat, { ExpressionAttributeValues: {} }),
          }),
        ),
      ),

    /** Ends a waiting that has not begun. @returns false where it had ended, or has been confirmed */
    withdrawKnock: (roomId: string, { id }: Knock) =>
      updateIfHeld(table, knockKey(roomId, id), {
        UpdateExpression: 'SET heldUntil = :withdrawn',
        ConditionExpression: 'heldUntil > :withdrawn AND attribute_not_exists(confirmed)',
        ExpressionAttributeValues: { ':withdrawn': withdrawn },
      }),

    /** Ends somebody's waiting. @returns false where it had ended */
    dropKnock: (roomId: string, { id }: Knock) =>
      conditionHeld(table.documents.send(new DeleteCommand(deleteExisting(table, knockKey(roomId, id)).Delete))),
  };
}

export type RoomStore = ReturnType<typeof roomStore>;

async function outcomeOf(transaction: Promise<void>, tokenIndex?: number): Promise<SitOutcome> {
  try {
    await transaction;
    return 'seated';
  } catch (error) {
    const failed = failedConditions(error);
    if (failed.length === 0) throw error;
    const others = failed.filter((index) => index !== tokenIndex);
    if (others.length === 0) return 'used';
    return others.some((index) => index > 0) ? 'gone' : 'taken';
  }
}
