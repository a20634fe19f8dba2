import { describe, expect, test } from 'vitest';
import { combine, meetingUsage, secondsPerMail } from '../../../infra/operate/cost/meetingUsage.ts';

describe('meetingUsage', () => {
  test('is what a meeting takes by itself, and what each of its people adds', () => {
    const measured = {
      perMeeting: combine(() => 10),
      perMail: combine(() => 2),
      perSms: combine(() => 3),
      secondsOfMail: 0.1,
    };
    const { mailSeconds, mailGigabyteSeconds, ...usage } = meetingUsage(
      { mails: 5, organizerMail: true, sms: 4, mailsPerSecond: 501 },
      measured,
    );

    expect(usage).toEqual(combine(() => 10 + 5 * 2 + 4 * 3));
    expect(mailSeconds).toBeCloseTo(6 * secondsPerMail(501, 0.1), 10);
    expect(mailGigabyteSeconds).toBe(mailSeconds);
  });

  test('has a mail less where its organizer gets none, and never less than nothing', () => {
    const measured = {
      perMeeting: { ...combine(() => 10), mails: 1, mailBytes: 3 },
      perMail: { ...combine(() => 2), mails: 1, mailBytes: 4 },
      perSms: combine(() => 3),
      secondsOfMail: 0.1,
    };
    const silent = { organizerMail: false, sms: 0, mailsPerSecond: 501 };

    expect(meetingUsage({ ...silent, mails: 5 }, measured)).toMatchObject({ mails: 5, mailBytes: 19, writeUnits: 18 });
    expect(meetingUsage({ ...silent, mails: 0 }, measured)).toMatchObject({ mails: 0, mailBytes: 0, mailSeconds: 0 });
  });
});

test('a worker that waits between one mail and the next has half the memory', () => {
  const measured = {
    perMeeting: combine(() => 0),
    perMail: combine(() => 0),
    perSms: combine(() => 0),
    secondsOfMail: 0.1,
  };
  const { mailSeconds, mailGigabyteSeconds } = meetingUsage(
    { mails: 5, organizerMail: true, sms: 0, mailsPerSecond: 500 },
    measured,
  );
  expect(mailGigabyteSeconds).toBeCloseTo(mailSeconds / 2, 10);
});

describe('secondsPerMail', () => {
  // Four workers for 14 a second: each begins a mail every 4/14 of a second, ten to a batch.
  test('has a worker wait between the ten mails of a batch', () => {
    expect(secondsPerMail(14, 0.1)).toBeCloseTo((9 * (4 / 14) + 0.1) / 10, 10);
  });

  test('waits less where ten mails are on their way at once', () => {
    // Thirteen workers for 501 a second, which is a mail every 13/501 of a second.
    expect(secondsPerMail(501, 0.1)).toBeCloseTo((9 * (13 / 501) + 0.1) / 10, 10);
  });

  test('is as long as a mail takes where that is longer than the wait', () => {
    expect(secondsPerMail(14, 0.5)).toBeCloseTo(0.5, 10);
  });

  test('waits long where few mails leave, in smaller batches', () => {
    // At one a second, two workers take five each.
    expect(secondsPerMail(1, 0.1)).toBeCloseTo((4 * 2 + 0.1) / 5, 10);
  });
});
