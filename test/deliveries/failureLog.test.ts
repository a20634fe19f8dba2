import { expect, test } from 'vitest';
import { logFailure } from '../../functions/deliveries/failureLog.ts';
import { catchLog } from '../logLines.ts';
import { meetingOf } from '../meetings/meetings.ts';

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
