import type { MeetingUsage } from './meetingUsage.ts';
import { prices } from './prices.ts';
import type { Usage } from './usage.ts';

/** One line of a bill. */
export interface BillLine {
  readonly service: string;
  /** What is paid for. */
  readonly what: string;
  /** Of one meeting. */
  readonly dollars: number;
}

const gigabyte = 2 ** 30;
const daysPerMonth = 30;

/** What one meeting costs beside its mails and text messages, the dearest first. */
export function billOf(usage: MeetingUsage): BillLine[] {
  const { gigabyteSeconds, writeUnits, readUnits, invocations, queueRequests, replyBytes } = usage;
  const ofMails = usage.mailGigabyteSeconds;
  const lines: BillLine[] = [
    line('Lambda', `${round(ofMails, 3)} GB-seconds that send mails`, ofMails * prices.gigabyteSecond),
    line('Lambda', `${round(gigabyteSeconds, 3)} GB-seconds of all else`, gigabyteSeconds * prices.gigabyteSecond),
    line('Lambda', `${round(invocations)} invocations`, invocations * prices.invocation),
    line('DynamoDB', `${round(writeUnits)} write units`, writeUnits * prices.writeUnit),
    line('DynamoDB', `${round(readUnits)} read units`, readUnits * prices.readUnit),
    line('SQS', `${round(queueRequests)} requests`, queueRequests * prices.queueRequest),
    line('CloudWatch', `${kilobytes(usage.logBytes)} of log`, (usage.logBytes / gigabyte) * prices.logGigabyte),
    line('API Gateway', `${round(usage.httpRequests)} request`, usage.httpRequests * prices.httpRequest),
    line(
      'Scheduler',
      `${round(usage.scheduledInvocations)} call`,
      usage.scheduledInvocations * prices.scheduledInvocation,
    ),
    line('SNS', `${round(usage.pushes)} push`, usage.pushes * prices.push),
    line('Transfer', `${kilobytes(replyBytes)} to the internet`, (replyBytes / gigabyte) * prices.transferGigabyte),
  ];
  return lines.sort((one, other) => other.dollars - one.dollars);
}

/** What its mails and text messages cost. @param smsPrice dollars of a part */
export function messagesOf({ mails, mailBytes, smsParts }: Usage, smsPrice: number): BillLine[] {
  const ofMails = mails * prices.mail + (mailBytes / gigabyte) * prices.mailGigabyte;
  const lines = [
    line('SES', `${round(mails)} mails of ${kilobytes(mailBytes / (mails || 1))}`, ofMails),
    line('SMS', `${round(smsParts)} parts`, smsParts * smsPrice),
  ];
  return lines.filter(({ dollars }) => dollars > 0);
}

/** What it costs to keep it, with the table's point-in-time recovery. @param days until its rows are removed */
export function storageOf({ storedBytes }: Usage, days: number): BillLine {
  const perGigabyte = prices.storedGigabyteMonth + prices.recoveryGigabyteMonth;
  const dollars = (storedBytes / gigabyte) * (days / daysPerMonth) * perGigabyte;
  return line('DynamoDB', `${kilobytes(storedBytes)} kept for ${days} days`, dollars);
}

export function totalOf(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

function line(service: string, what: string, dollars: number): BillLine {
  return { service, what, dollars };
}

function kilobytes(bytes: number): string {
  return `${round(bytes / 1_024)} KB`;
}

function round(value: number, digits = 1): string {
  return String(Number(value.toFixed(digits)));
}
