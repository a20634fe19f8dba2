import { describe, expect, test } from 'vitest';
import { redriveOptions } from '../../../infra/operate/redrive/redriveOptions.ts';

const usage = 'Usage: npm run redrive -- [--stack NAME] [--queue NAME [--yes]]';

describe('the options of redrive', () => {
  test('show every queue of the project’s own stack, unless told otherwise', () => {
    expect(redriveOptions([])).toEqual({ stack: undefined, queue: undefined, yes: false });
    expect(redriveOptions(['--stack', 'Meetings-test', '--queue', 'RoomFailures', '--yes'])).toEqual({
      stack: 'Meetings-test',
      queue: 'RoomFailures',
      yes: true,
    });
  });

  test.each([
    [['--yes'], `--yes goes with --queue: one queue at a time, once what it failed at is mended\n${usage}`],
    [
      ['--queue', 'EmailDeliveries'],
      `--queue must be one of EmailDeliveryFailures, SmsDeliveryFailures, PushDeliveryFailures, PlanningFailures, WebhookFailures, ReminderFailures, RoomFailures, MailEventFailures, MeetingChangeFailures, UserChangeFailures\n${usage}`,
    ],
    [['--queue', 'constructor'], usage],
    [['--force'], usage],
  ])('%j is refused, with how the command is called', (args, words) => {
    expect(() => redriveOptions(args)).toThrow(words);
  });
});
