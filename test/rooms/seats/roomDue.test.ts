import { expect, test } from 'vitest';
import { roomDueTimes } from '../../../functions/rooms/seats/roomDue.ts';

const end = new Date('2027-03-01T11:00:00.250Z');

test('a room is looked at five minutes before its end and at it, a fraction of a second late rather than early', () => {
  expect(roomDueTimes('room', end, new Date('2027-03-01T10:00:00Z'))).toEqual([
    { name: 'room-warning', at: new Date('2027-03-01T10:55:01Z') },
    { name: 'room-end', at: new Date('2027-03-01T11:00:01Z') },
  ]);
});

test('a room within its last five minutes is looked at at its end alone', () => {
  expect(roomDueTimes('room', end, new Date('2027-03-01T10:55:01Z'))).toEqual([
    { name: 'room-end', at: new Date('2027-03-01T11:00:01Z') },
  ]);
});

test('a room that has ended is looked at no more', () => {
  expect(roomDueTimes('room', end, new Date('2027-03-01T11:00:01Z'))).toEqual([]);
});
