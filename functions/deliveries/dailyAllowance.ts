import type { Meeting } from '../meetings/meeting.ts';
import type { Count, Limit } from '../runtime/limit.ts';
import { Refusal } from '../runtime/refusal.ts';
import { epochSeconds, secondsPerDay } from '../runtime/row.ts';
import type { Allowances, ChannelDefinition } from './channels/channel.ts';
import { owedJobs, type PlanFacts } from './plan.ts';

/** Within what the messages of an organizer's meetings are counted; undefined where there is no limit. */
export function limitOf(
  { allowance }: Pick<ChannelDefinition, 'allowance'>,
  organizerId: string,
  allowances: Allowances,
): Limit | undefined {
  const most = allowance?.most(allowances) ?? 0;
  if (!allowance || most === 0) return undefined;
  return { what: allowance.what, code: allowance.code, most, who: organizerId, windowSeconds: secondsPerDay };
}

/**
 * What a new meeting, or a change of one, is counted as: each message that invites to it or tells of
 * the change. A cancellation is not counted: it goes to those alone who were counted when they were
 * invited, and a meeting that is not to be must be cancelled whatever was sent.
 *
 * @param before undefined of a new meeting
 * @throws Refusal with the `code` of a channel's allowance, where the call alone is more than a day allows
 */
export function countsOf(
  before: Meeting | undefined,
  after: Meeting,
  { now, ...facts }: Allowances & Omit<PlanFacts, 'history'>,
): Count[] {
  const speaksAgain = before !== undefined && !before.sendInvitations;
  const raised = before === undefined || after.sequence > before.sequence;
  const isNews = (sequence: number) => speaksAgain || (raised && sequence === after.sequence);
  const jobs = owedJobs(after, {
    ...facts,
    now,
    history: { reached: () => false, stateOf: ({ sequence }) => (isNews(sequence) ? undefined : 'sent') },
  });
  return facts.channels.flatMap((channel) => {
    const limit = limitOf(channel, after.organizerId, facts);
    const amount = jobs.filter((job) => job.channel === channel.name).length;
    return limit && amount > 0 ? [countOf(limit, amount, channel.allowance?.plural ?? 'messages', now)] : [];
  });
}

/** What the refusal of more than a day allows is called. */
export function tooManyTitle(plural: string): string {
  return `Too many ${plural} for a day`;
}

function countOf(limit: Limit, amount: number, plural: string, now: Date): Count {
  if (amount > limit.most) throw tooMany(limit, amount, plural, {});
  const retryAfterSeconds = secondsPerDay - (epochSeconds(now) % secondsPerDay);
  return { limit, amount, refusal: tooMany(limit, amount, plural, { retryAfterSeconds }) };
}

function tooMany(
  { what, code = what, most }: Limit,
  amount: number,
  plural: string,
  retry: { readonly retryAfterSeconds?: number },
): Refusal {
  const message = `This would send ${amount} ${plural}; the meetings of one organizer may cause ${most} in a day (UTC).`;
  const title = tooManyTitle(plural);
  return new Refusal('limited', code, message, { ...retry, title, extensions: { requested: amount, allowed: most } });
}
