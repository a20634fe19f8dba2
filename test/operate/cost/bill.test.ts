import { describe, expect, test } from 'vitest';
import { billOf, messagesOf, storageOf, totalOf } from '../../../infra/operate/cost/bill.ts';
import type { MeetingUsage } from '../../../infra/operate/cost/meetingUsage.ts';

/** A million of each, and a gigabyte. */
const millions: MeetingUsage = {
  httpRequests: 1e6,
  replyBytes: 2 ** 30,
  invocations: 1e6,
  seconds: 2e6,
  gigabyteSeconds: 1e6,
  writeUnits: 1e6,
  readUnits: 1e6,
  queueRequests: 1e6,
  scheduledInvocations: 1e6,
  logBytes: 2 ** 30,
  pushes: 1e6,
  mails: 1e6,
  mailBytes: 2 ** 30,
  smsParts: 1e6,
  storedBytes: 2 ** 30,
  mailSeconds: 4e6,
  mailGigabyteSeconds: 2e6,
};

describe('billOf', () => {
  test('prices each thing by the list, the dearest first', () => {
    const lines = billOf(millions).map(({ service, what, dollars }) => [service, what, Number(dollars.toFixed(4))]);
    expect(lines).toEqual([
      ['Lambda', '2000000 GB-seconds that send mails', 26.6668],
      ['Lambda', '1000000 GB-seconds of all else', 13.3334],
      ['API Gateway', '1000000 request', 1],
      ['Scheduler', '1000000 call', 1],
      ['DynamoDB', '1000000 write units', 0.625],
      ['SQS', '1000000 requests', 0.5],
      ['CloudWatch', '1048576 KB of log', 0.5],
      ['SNS', '1000000 push', 0.5],
      ['Lambda', '1000000 invocations', 0.2],
      ['DynamoDB', '1000000 read units', 0.125],
      ['Transfer', '1048576 KB to the internet', 0.09],
    ]);
    expect(totalOf(billOf(millions))).toBeCloseTo(44.5402, 4);
  });
});

describe('messagesOf', () => {
  test('prices mails by number and size, and text messages by the price of a part', () => {
    expect(messagesOf(millions, 0.05)).toEqual([
      { service: 'SES', what: '1000000 mails of 1 KB', dollars: 100.12 },
      { service: 'SMS', what: '1000000 parts', dollars: 50_000 },
    ]);
  });

  test('leaves out what is not sent', () => {
    expect(messagesOf({ ...millions, mails: 0, mailBytes: 0, smsParts: 0 }, 0.05)).toEqual([]);
  });
});

describe('storageOf', () => {
  test('prices a gigabyte with its recovery, for the days that it is kept', () => {
    const { what, dollars } = storageOf(millions, 90);
    expect([what, dollars.toFixed(2)]).toEqual(['1048576 KB kept for 90 days', '1.35']);
  });
});
