import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds, secondsPerDay } from '../../runtime/row.ts';
import { conditionHeld, getRow, type Key, type Table } from '../../runtime/table.ts';
import { type Change, roomKey } from './roomRows.ts';
import { type RoomState, type RoomTimes, roomStateSchema } from './seat.ts';

/** Keeps what is known of a room beside who is in it. */
export function roomStateStore(table: Table) {
  return {
    /** Undefined of a room that nobody has entered, and of a public one. */
    async readState(roomId: string): Promise<RoomState | undefined> {
      const row = await getRow(table, roomKey(roomId));
      return row && z.parse(roomStateSchema, row);
    },

    /** Keeps the times of a meeting's room, and its lock where it has one. @returns false where they were kept already */
    keepTimes: (roomId: string, { validSince, validUntil }: RoomTimes) =>
      updateIfHeld(table, roomKey(roomId), {
        UpdateExpression:
          'SET validSince = :since, validUntil = :until, expiresAt = :expiry, locked = if_not_exists(locked, :open)',
        ConditionExpression: 'attribute_not_exists(pk) OR validSince <> :since OR validUntil <> :until',
        ExpressionAttributeValues: {
          ':since': validSince.toISOString(),
          ':until': validUntil.toISOString(),
          ':expiry': epochSeconds(validUntil) + secondsPerDay,
          ':open': false,
        },
      }),

    /** Locks a room, or opens it. @returns false where the room is there no more */
    setLock: (roomId: string, { locked }: Pick<RoomState, 'locked'>) =>
      updateIfHeld(table, roomKey(roomId), {
        UpdateExpression: 'SET locked = :locked',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':locked': locked },
      }),

    /** Claims the warning of an end. @returns false where people have been warned of it, or it is another by now */
    warn: (roomId: string, end: Date) =>
      updateIfHeld(table, roomKey(roomId), {
        UpdateExpression: 'SET warnedOf = :end',
        ConditionExpression: 'validUntil = :end AND (attribute_not_exists(warnedOf) OR warnedOf <> :end)',
        ExpressionAttributeValues: { ':end': end.toISOString() },
      }),

    /** Keeps the fingerprint of a meeting's link, as of one of its revisions; a later one is left. */
    keepLink: (roomId: string, link: string, revision: number) =>
      updateIfHeld(table, roomKey(roomId), {
        UpdateExpression: 'SET link = :link, linkRevision = :revision',
        ConditionExpression:
          'attribute_exists(pk) AND (attribute_not_exists(linkRevision) OR linkRevision < :revision)',
        ExpressionAttributeValues: { ':link': link, ':revision': revision },
      }),

    /** Closes a meeting's room until a host opens it, or the meeting is moved. */
    endByHost: (roomId: string) =>
      updateIfHeld(table, roomKey(roomId), {
        UpdateExpression: 'SET endedOf = validSince',
        ConditionExpression: 'attribute_exists(pk)',
      }),

    /** Opens a room that a host had closed. */
    reopen: (roomId: string) =>
      updateIfHeld(table, roomKey(roomId), {
        UpdateExpression: 'REMOVE endedOf',
        ConditionExpression: 'attribute_exists(endedOf)',
      }),
  };
}

/** One conditional write. @returns false where its condition does not hold */
export function updateIfHeld(table: Table, Key: Key, change: Change): Promise<boolean> {
  return conditionHeld(table.documents.send(new UpdateCommand({ TableName: table.name, Key, ...change })));
}
