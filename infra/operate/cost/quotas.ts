import type { MeetingUsage } from './meetingUsage.ts';

/** How many times the mean the busiest hour has. */
export const busiestHour = 3;

/** How long ahead a meeting is scheduled, in days. */
export const daysAhead = 14;

/** What AWS grants an account, and what so many meetings need of it. */
export interface QuotaUse {
  readonly quota: string;
  readonly granted: number;
  readonly needed: number;
}

const secondsPerDay = 86_400;

/** Meetings begin at the full and half hours: so many moments share a day's reminders. */
const startsPerDay = 48;

/** Scheduler calls within a minute (EventBridge Scheduler user guide, "Schedule types"). */
const scheduleSeconds = 60;

/**
 * The quotas of an account that is out of SES's sandbox, the one of which most is needed first.
 *
 * @param usage of one meeting
 */
export function quotaUses(meetingsPerDay: number, usage: MeetingUsage): QuotaUse[] {
  const perSecond = (meetingsPerDay / secondsPerDay) * busiestHour;
  const uses: QuotaUse[] = [
    // Amazon SES developer guide, "Service quotas": AWS sets both by account; these are what it has long begun with.
    { quota: 'SES: mails a second', granted: 14, needed: perSecond * usage.mails },
    { quota: 'SES: mails a day', granted: 50_000, needed: meetingsPerDay * usage.mails },
    // Amazon SNS endpoints and quotas: text messages that are no promotions.
    { quota: 'SNS: text messages a second', granted: 20, needed: perSecond * usage.smsParts },
    // EventBridge Scheduler user guide, "Quotas".
    { quota: 'Scheduler: schedules', granted: 10_000_000, needed: meetingsPerDay * daysAhead },
    { quota: 'Scheduler: CreateSchedule a second', granted: 5_000, needed: perSecond },
    {
      quota: 'Scheduler: calls a second',
      granted: 1_000,
      needed: ((meetingsPerDay * busiestHour) / startsPerDay / scheduleSeconds) * usage.scheduledInvocations,
    },
    // AWS Lambda developer guide, "Lambda quotas": an account's functions together.
    { quota: 'Lambda: functions at once', granted: 1_000, needed: perSecond * (usage.seconds + usage.mailSeconds) },
    // Amazon API Gateway developer guide, "Quotas": an account's APIs together.
    { quota: 'API Gateway: requests a second', granted: 10_000, needed: perSecond * usage.httpRequests },
    // Amazon DynamoDB developer guide, "Quotas": a table on demand.
    { quota: 'DynamoDB: write units a second', granted: 40_000, needed: perSecond * usage.writeUnits },
    { quota: 'DynamoDB: read units a second', granted: 40_000, needed: perSecond * usage.readUnits },
  ];
  return uses.filter(({ needed }) => needed > 0).sort((one, other) => shareOf(other) - shareOf(one));
}

/** How much of a quota is used; above 1 it is exceeded. */
export function shareOf({ granted, needed }: QuotaUse): number {
  return needed / granted;
}

/** The `maxSendRate` that so many mails a day need in the busiest hour. @param least that of the settings */
export function sendRateFor(mailsPerDay: number, least: number): number {
  return Math.max(least, Math.ceil((mailsPerDay / secondsPerDay) * busiestHour));
}
