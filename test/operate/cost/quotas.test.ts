import { describe, expect, test } from 'vitest';
import { combine } from '../../../infra/operate/cost/meetingUsage.ts';
import { quotaUses, sendRateFor } from '../../../infra/operate/cost/quotas.ts';

const usage = {
  ...combine(() => 0),
  mails: 10,
  smsParts: 1,
  httpRequests: 1,
  scheduledInvocations: 1,
  writeUnits: 40,
  readUnits: 20,
  seconds: 2,
  mailSeconds: 6,
  mailGigabyteSeconds: 3,
};

describe('quotaUses', () => {
  test('reckons with three times the mean, and with starts at the full and half hours', () => {
    // 28,800 a day are one in three seconds, and one a second in the busiest hour.
    const uses = quotaUses(28_800, usage).map(({ quota, granted, needed }) => [quota, needed, granted]);
    expect(uses).toEqual([
      ['SES: mails a day', 288_000, 50_000],
      ['SES: mails a second', 10, 14],
      ['SNS: text messages a second', 1, 20],
      ['Scheduler: schedules', 403_200, 10_000_000],
      ['Scheduler: calls a second', 30, 1_000],
      ['Lambda: functions at once', 8, 1_000],
      ['DynamoDB: write units a second', 40, 40_000],
      ['DynamoDB: read units a second', 20, 40_000],
      ['Scheduler: CreateSchedule a second', 1, 5_000],
      ['API Gateway: requests a second', 1, 10_000],
    ]);
  });

  test('names none that is not needed', () => {
    const quotas = quotaUses(1, { ...usage, smsParts: 0 }).map(({ quota }) => quota);
    expect(quotas).not.toContain('SNS: text messages a second');
  });
});

describe('sendRateFor', () => {
  test('is what the busiest hour needs, and never less than the setting', () => {
    expect(sendRateFor(10_000_000, 14)).toBe(348);
    expect(sendRateFor(10_000, 14)).toBe(14);
  });
});
