/**
 * What AWS charges, in dollars: list prices of one region on one day, without free tiers, volume discounts, savings plans
 * and taxes. Each names the page that has it. They change: hold them against the pages before you rely on a bill.
 */
export const prices = {
  asOf: '2026-11-30',
  region: 'us-east-1',
  /** A request of an HTTP API, up to 512 KB: https://aws.amazon.com/api-gateway/pricing/ */
  httpRequest: 1.0 / 1e6,
  /** A gigabyte to the internet: https://aws.amazon.com/ec2/pricing/on-demand/ ("Data Transfer") */
  transferGigabyte: 0.09,
  /** https://aws.amazon.com/lambda/pricing/ (Arm) */
  invocation: 0.2 / 1e6,
  gigabyteSecond: 0.0000133334,
  /** On demand, table class Standard; a month of a gigabyte stored, and of its point-in-time recovery: https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  storedGigabyteMonth: 0.25,
  recoveryGigabyteMonth: 0.2,
  /** A request, up to 64 KB, of a standard queue, and what is added where messages have a group (fair queues): https://aws.amazon.com/sqs/pricing/ */
  queueRequest: (0.4 + 0.1) / 1e6,
  /** An invocation by EventBridge Scheduler: https://aws.amazon.com/eventbridge/pricing/ */
  scheduledInvocation: 1.0 / 1e6,
  /** A gigabyte of log lines, ingested: https://aws.amazon.com/cloudwatch/pricing/ */
  logGigabyte: 0.5,
  /** https://aws.amazon.com/sns/pricing/ */
  push: 0.5 / 1e6,
  /** A mail, and a gigabyte of what it holds: https://aws.amazon.com/ses/pricing/ */
  mail: 0.1 / 1e3,
  mailGigabyte: 0.12,
} as const;

/** Of a part of a text message, by country and carrier: nobody can name one price. */
export const smsPricePage = 'https://aws.amazon.com/end-user-messaging/pricing/';
