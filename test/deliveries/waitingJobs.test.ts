import { expect, test } from 'vitest';
import { channels } from '../../functions/deliveries/channels/channels.ts';
import { waitingJobs } from '../../functions/deliveries/waitingJobs.ts';
import type { User } from '../../functions/users/user.ts';
import { meetingOf } from '../meetings/meetings.ts';

const meeting = meetingOf();
const organizer: User = {
  id: 'alice-id',
  username: 'alice',
  email: 'alice@example.org',
  mobilePhone: '+34600000001',
  capabilities: [],
  created: new Date(0),
  revision: 1,
};
const facts = {
  start: meeting.validSince,
  channels: channels.filter(({ tellsOfWaiting }) => tellsOfWaiting),
  organizer,
  devices: ['phone', 'tablet'],
  now: meeting.validSince,
};

const shown = (changes: Partial<typeof facts> = {}) =>
  waitingJobs(meeting, { ...facts, ...changes }).map((job) =>
    'device' in job ? `${job.channel} ${job.device.deviceId}` : job.channel,
  );

test('that somebody waits is told on each device of the organizer, and by mail to one who has none', () => {
  expect(shown()).toEqual(['push phone', 'push tablet']);
  expect(shown({ devices: [] })).toEqual(['email']);
  expect(shown({ channels: [] })).toEqual([]);
  expect(waitingJobs(meeting, { ...facts, organizer: undefined })).toEqual([]);
});
