import { type BillLine, billOf, messagesOf, storageOf, totalOf } from './bill.ts';
import type { CostOptions } from './costOptions.ts';
import { meetingUsage } from './meetingUsage.ts';
import { prices, smsPricePage } from './prices.ts';
import { busiestHour, daysAhead, type QuotaUse, quotaUses, sendRateFor, shareOf } from './quotas.ts';
import type { MeasuredUsage } from './usage.ts';

/** The settings that a bill depends on. */
export interface CostSettings {
  readonly maxSendRate: number;
  readonly retentionDays: number;
  readonly organizerMail: boolean;
}

const daysPerMonth = 30;

/** What the command prints, line by line. */
export function costReport(options: CostOptions, settings: CostSettings, measured: MeasuredUsage): string[] {
  const { meetings, participants, smsShare, smsPrice } = options;
  const sms = participants * smsShare;
  const mails = participants - sms;
  const { organizerMail } = settings;
  const allMails = organizerMail ? mails + 1 : mails;
  const mailsPerSecond = sendRateFor(meetings * allMails, settings.maxSendRate);
  const usage = meetingUsage({ mails, organizerMail, sms, mailsPerSecond }, measured);
  const bill = billOf(usage);
  const messages = messagesOf(usage, smsPrice);
  const row = rowOf(meetings);
  return [
    `${count(meetings)} meetings a day: ${count(allMails)} mails and ${count(sms)} SMS each, ${organizerMail ? 'one mail to its organizer, ' : ''}one reminder by push.`,
    `List prices of ${prices.region}, ${prices.asOf}, without free tiers, discounts and taxes; maxSendRate ${count(mailsPerSecond)}.`,
    '',
    `${''.padEnd(44)}${'a meeting'.padStart(14)}${'a month'.padStart(16)}`,
    ...bill.map(row),
    row({ service: 'All', what: 'beside mails and SMS', dollars: totalOf(bill) }),
    '',
    ...messages.map(row),
    '',
    row(storageOf(usage, settings.retentionDays)),
    '',
    `The quotas of an account as AWS opens it, if the busiest hour has ${busiestHour} times the mean, and meetings are`,
    `scheduled ${daysAhead} days ahead and begin at 48 moments of a day:`,
    '',
    ...quotaLines(quotaUses(meetings, usage)),
    '',
    'Calls, units and bytes were counted in the local run. The seconds that send mails are a worker’s wait between the mails of a',
    'batch of ten, as maxSendRate paces it, and the time of one mail; those of all else, and of one mail, are of the machine that',
    'counted. Not in it: other calls, the room, failures, meetings of more than a hundred people in parts, and what costs by the',
    `month (alarms, metrics, the dashboard, polling). SMS are priced by country and carrier: ${smsPricePage}`,
  ];
}

function rowOf(meetingsPerDay: number) {
  return ({ service, what, dollars }: BillLine): string => {
    const perMonth = dollars * meetingsPerDay * daysPerMonth;
    const perMeeting = `${fixed(dollars * 1e6, 1)} µ$`;
    return `${`${service.padEnd(13)}${what}`.padEnd(44)}${perMeeting.padStart(14)}${`$${fixed(perMonth, 2)}`.padStart(16)}`;
  };
}

function quotaLines(uses: readonly QuotaUse[]): string[] {
  const met = uses.filter((use) => shareOf(use) > 1);
  const rows = uses.map((use) => {
    const { quota, granted, needed } = use;
    const numbers = `${count(Math.ceil(needed)).padStart(14)} of ${count(granted).padStart(10)}`;
    return `${quota.padEnd(36)}${numbers}  ${shareOf(use) > 1 ? 'raise it' : ''}`.trimEnd();
  });
  const [first] = met;
  return [...rows, '', first ? `Raise first: ${first.quota}.` : 'None of them is exceeded.'];
}

function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

function fixed(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
