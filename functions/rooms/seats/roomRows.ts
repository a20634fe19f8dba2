import { epochSeconds } from '../../runtime/row.ts';
import type { Key, Row, Table } from '../../runtime/table.ts';
import { hostTokenKey } from '../hostTokenRow.ts';
import { connectionKey } from '../signalling/connectionRow.ts';
import { leaseMilliseconds, returnMilliseconds, type Seat } from './seat.ts';

/** An update of one row. */
export interface Change {
  readonly UpdateExpression: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

export function roomKey(roomId: string): Key {
  return { pk: `ROOM#${roomId}`, sk: 'ROOM' };
}

export function seatKey(roomId: string, number: number): Key {
  return { pk: `ROOM#${roomId}`, sk: `SEAT#${number}` };
}

export function knockKey(roomId: string, id: string): Key {
  return { pk: `ROOM#${roomId}`, sk: `KNOCK#${id}` };
}

export function removalKey(roomId: string, seatId: string): Key {
  return { pk: `ROOM#${roomId}`, sk: `REMOVED#${seatId}` };
}

/** DynamoDB may forget it once nobody can come back. */
export function seatExpiry({ heldUntil }: { readonly heldUntil: number }): number {
  return epochSeconds(new Date(heldUntil + returnMilliseconds));
}

export function putSeat(
  table: Table,
  roomId: string,
  seat: Seat,
  { returns }: { readonly returns: boolean },
  now: Date,
) {
  const Item: Row = {
    ...seatKey(roomId, seat.number),
    ...seat,
    seatedAt: seat.seatedAt.toISOString(),
    joinedAt: seat.joinedAt?.toISOString(),
    meetingUntil: seat.meetingUntil?.toISOString(),
    expiresAt: seatExpiry(seat),
  };
  const condition = returns
    ? whileOwn(seat)
    : {
        ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(released) OR heldUntil <= :now',
        ExpressionAttributeValues: { ':now': now.getTime() },
      };
  return { Put: { TableName: table.name, Item, ...condition } };
}

export const connectedWithoutSeat = 'attribute_exists(pk) AND attribute_not_exists(seat)';

/** A connection takes one seat, and only while it is open. */
export function seatConnection(table: Table, { connectionId, id }: Seat) {
  return {
    Update: {
      TableName: table.name,
      Key: connectionKey(connectionId),
      UpdateExpression: 'SET seat = :id',
      ConditionExpression: connectedWithoutSeat,
      ExpressionAttributeValues: { ':id': id },
    },
  };
}

/** A host's token serves one connection. */
export function useHostToken(table: Table, token: string, { connectionId }: Seat) {
  return {
    Update: {
      TableName: table.name,
      Key: hostTokenKey(token),
      UpdateExpression: 'SET usedBy = :connection',
      ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(usedBy) OR usedBy = :connection)',
      ExpressionAttributeValues: { ':connection': connectionId },
    },
  };
}

export function deleteExisting(table: Table, Key: Key) {
  return { Delete: { TableName: table.name, Key, ConditionExpression: 'attribute_exists(pk)' } };
}

export function leaseExtension(now: Date) {
  const heldUntil = now.getTime() + leaseMilliseconds;
  return {
    UpdateExpression: 'SET heldUntil = :until, expiresAt = :expiry',
    ExpressionAttributeValues: { ':until': heldUntil, ':expiry': seatExpiry({ heldUntil }) },
  };
}

export function heldSeatRelease(seat: Seat, how: 'left' | 'lost', now: Date) {
  return whileHeld(seat, seatRelease(how, now));
}

/** Whatever connection they have by now, or had. */
export function seatRemoval(seat: Seat, now: Date) {
  const { UpdateExpression, ExpressionAttributeValues } = seatRelease('removed', now);
  const { ConditionExpression, ExpressionAttributeValues: values } = whileOwn(seat);
  return {
    UpdateExpression,
    ConditionExpression,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ...values },
  };
}

function whileOwn({ tokenHash }: Seat) {
  return {
    ConditionExpression: 'tokenHash = :hash AND (attribute_not_exists(released) OR released <> :removed)',
    ExpressionAttributeValues: { ':hash': tokenHash, ':removed': 'removed' },
  };
}

function seatRelease(how: NonNullable<Seat['released']>, now: Date) {
  const heldUntil = now.getTime();
  return {
    UpdateExpression: 'SET released = :how, heldUntil = :now, expiresAt = :expiry',
    ExpressionAttributeValues: { ':how': how, ':now': heldUntil, ':expiry': seatExpiry({ heldUntil }) },
  };
}

/** Narrows a change to what holds at this moment, `:now`. */
export function withCondition<
  Part extends { ConditionExpression: string; ExpressionAttributeValues: Record<string, unknown> },
>(change: Part, condition: string, now: Date): Part {
  return {
    ...change,
    ConditionExpression: `${change.ConditionExpression} AND ${condition}`,
    ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ':now': now.getTime() },
  };
}

export function whileHeld<Part extends { ExpressionAttributeValues: Record<string, unknown> }>(
  seat: Seat,
  change: Part,
) {
  return {
    ...change,
    ConditionExpression: 'connectionId = :holder AND attribute_not_exists(released)',
    ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ':holder': seat.connectionId },
  };
}
