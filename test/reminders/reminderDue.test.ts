import { expect, test } from 'vitest';
import { reminderDueOf, reminderDueSchema } from '../../functions/reminders/reminderDue.ts';
import { meetingOf } from '../meetings/meetings.ts';

test('a schedule hands over which meeting is due, and the start that it was made for', () => {
  const meeting = meetingOf({ validSince: new Date('2027-03-01T10:00:00Z') });
  const due = reminderDueOf(meeting, undefined);

  expect(due).toEqual({ meetingId: 'meeting00000000000000000', validSince: '2027-03-01T10:00:00.000Z' });
  expect(reminderDueSchema.parse(due)).toEqual({ meetingId: meeting.id, validSince: meeting.validSince });
});

test('of a start or an end it says so', () => {
  const meeting = meetingOf({ validSince: new Date('2027-03-01T10:00:00Z') });

  expect(reminderDueOf(meeting, 'ended')).toEqual({
    meetingId: 'meeting00000000000000000',
    validSince: '2027-03-01T10:00:00.000Z',
    moment: 'ended',
  });
});

test.each([
  { moment: 'paused' },
  { meetingId: 5 },
  { validSince: 'tomorrow' },
  { validSince: undefined },
  { colour: 'red' },
])('what is handed over is read strictly: %j', (wrong) => {
  const due = { meetingId: 'm', validSince: '2027-03-01T10:00:00.000Z', ...wrong };

  expect(reminderDueSchema.safeParse(due).success).toBe(false);
});
