import { expect, test } from 'vitest';
import { logFailure } from '../../functions/deliveries/failureLog.ts';
import { catchLog } from '../logLines.ts';
import { meetingOf } from '../meetings/meetings.ts';
import { waitingJobOf } from './deliveries.ts';

test.each([
  ['Planning', 'Failed to invite participant bob to meeting Planning(m1)'],
  ['פגישה 2', 'Failed to invite participant bob to meeting \u2068פגישה 2\u2069(m1)'],
])('the name %s keeps its place in the log', (name, message) => {
  const log = catchLog();
  const job = {
    kind: 'invitation',
    meetingId: 'm1',
    participantId: 'bob',
    channel: 'sms',
    sequence: 0,
    reached: false,
    to: 'x',
  } as const;
  logFailure(job, meetingOf({ id: 'm1', name }), 'OptedOut');
  log.stop();

  expect(log.of(/^Failed to invite/)).toMatchObject([{ level: 'warn', message }]);
});

test('an organizer who is not told that somebody waits is in the log, and invited to nothing', () => {
  const log = catchLog();
  const meeting = meetingOf({ id: 'm1' });
  logFailure(waitingJobOf(meeting), meeting, 'TemplateError');
  log.stop();

  const fields = { meetingId: 'm1', participantId: 'organizer', channel: 'email', reason: 'TemplateError' };
  expect(log.of(/./)).toMatchObject([{ level: 'warn', message: 'Organizer not told that somebody waits', ...fields }]);
});
