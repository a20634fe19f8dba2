import { describe, expect, test } from 'vitest';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { reminderOf } from '../../functions/reminders/reminderTime.ts';
import { meetingOf } from '../meetings/meetings.ts';

const start = new Date('2027-03-01T10:00:00Z');
const minutesBefore = (minutes: number) => new Date(start.getTime() - minutes * 60_000);
const meeting = (changes: Partial<Meeting> = {}) => meetingOf({ validSince: start, ...changes });

describe('the reminder of a meeting', () => {
  test('is due the set minutes before its start', () => {
    expect(reminderOf(meeting(), 10, minutesBefore(60))).toEqual({ at: minutesBefore(10) });
  });

  test.each([10, 9, 0.1])('is sent at once %d minutes before the start', (minutes) => {
    expect(reminderOf(meeting(), 10, minutesBefore(minutes))).toBe('now');
  });

  test.each([0, -1])('is not sent %d minutes before the start', (minutes) => {
    expect(reminderOf(meeting(), 10, minutesBefore(minutes))).toBe('none');
  });

  test('is none where the meeting is cancelled, or nobody wants reminders', () => {
    expect(reminderOf(meeting({ status: 'cancelled' }), 10, minutesBefore(60))).toBe('none');
    expect(reminderOf(meeting(), undefined, minutesBefore(60))).toBe('none');
  });
});
