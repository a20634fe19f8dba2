import type { Meeting } from '../meetings/meeting.ts';
import type { Count, Limit } from '../runtime/limits.ts';
import { Refusal } from '../runtime/refusal.ts';
import { epochSeconds, secondsPerDay } from '../runtime/row.ts';
import { formatOccasion } from './occasion.ts';
import { owedJobs, type PlanFacts } from './plan.ts';

/** How many mails and SMS the meetings of one organizer may cause in a day (UTC); 0 is no limit. */
export interface Allowances {
  readonly mailsPerDay: number;
  readonly smsPerDay: number;
}

type Mechanism = 'email' | 'sms';

/** Within what the letters of an organizer's meetings are counted; undefined where there is no limit. */
export function allowanceOf(channel: Mechanism, organizerId: string, allowances: Allowances): Limit | undefined {
  const { most, ...limit } =
    channel === 'email'
      ? { what: 'mail', code: 'mails-per-day', most: allowances.mailsPerDay }
      : { what: 'sms', code: 'sms-per-day', most: allowances.smsPerDay };
  return most === 0 ? undefined : { ...limit, most, who: organizerId, windowSeconds: secondsPerDay };
}

/**
 * What a new meeting, or a change of one, is counted as: each mail and SMS that invites to it or tells of
 * the change. A cancellation is not counted: it goes to those alone who were counted when they were
 * invited, and a meeting that is not to be must be cancelled whatever was sent.
 *
 * @param before undefined of a new meeting
 * @throws Refusal `mails-per-day` or `sms-per-day`, where the call alone is more than a day allows
 */
export function countsOf(
  before: Meeting | undefined,
  after: Meeting,
  { now, ...facts }: Allowances & Omit<PlanFacts, 'history'>,
): Count[] {
  const speaksAgain = before !== undefined && !before.sendInvitations;
  const raised = before === undefined || after.sequence > before.sequence;
  const latest = formatOccasion({ kind: 'invitation', sequence: after.sequence });
  const isNews = (occasion: string) => speaksAgain || (raised && occasion === latest);
  const jobs = owedJobs(after, {
    ...facts,
    now,
    history: { reached: () => false, stateOf: ({ occasion }) => (isNews(occasion) ? undefined : 'sent') },
  });
  return facts.mechanisms.flatMap((channel) => {
    const limit = allowanceOf(channel, after.organizerId, facts);
    const amount = jobs.filter((job) => job.channel === channel).length;
    return limit && amount > 0 ? [countOf(limit, amount, now)] : [];
  });
}

function countOf(limit: Limit, amount: number, now: Date): Count {
  if (amount > limit.most) throw tooMany(limit, amount, {});
  const retryAfterSeconds = secondsPerDay - (epochSeconds(now) % secondsPerDay);
  return { limit, amount, refusal: tooMany(limit, amount, { retryAfterSeconds }) };
}

function tooMany({ what, code = what, most }: Limit, amount: number, retry: { retryAfterSeconds?: number }): Refusal {
  const letters = what === 'mail' ? 'mails' : 'SMS';
  const message = `This would send ${amount} ${letters}; the meetings of one organizer may cause ${most} in a day (UTC).`;
  return new Refusal('limited', code, message, { ...retry, extensions: { requested: amount, allowed: most } });
}
