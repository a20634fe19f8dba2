import { expect, test } from 'vitest';
import { openingOf, opensAt } from '../../functions/rooms/opening.ts';
import { meetingOf } from '../meetings/meetings.ts';

const meeting = meetingOf({ validSince: new Date('2027-03-01T10:00:00Z') });
const at = (time: string) => new Date(`2027-03-01T${time}Z`);

test.each([
  ['09:49:59.999', 'too-early'],
  ['09:50:00', 'open'],
  ['10:00:00', 'open'],
  ['10:59:59.999', 'open'],
  ['11:00:00', 'ended'],
])('at %s the room of a meeting from 10:00 to 11:00 is %s', (time, opening) => {
  expect(openingOf(meeting, 10, at(time))).toBe(opening);
});

test('a cancelled meeting has no room, whatever the time', () => {
  const times = ['09:00:00', '10:30:00', '12:00:00'].map(at);

  expect(times.map((now) => openingOf({ ...meeting, status: 'cancelled' }, 10, now))).toEqual(
    times.map(() => 'cancelled'),
  );
});

test('a room opens as many minutes early as is set, even a day', () => {
  expect(opensAt(meeting, 0)).toEqual(at('10:00:00'));
  expect(opensAt(meeting, 1_440)).toEqual(new Date('2027-02-28T10:00:00Z'));
});
