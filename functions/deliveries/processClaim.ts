import { errorOf, log } from '../runtime/log.ts';
import { epochSeconds, secondsPerDay } from '../runtime/row.ts';
import { sendingTimeMilliseconds } from '../runtime/timeLimits.ts';
import { type DeliveryContext, deliver } from './deliver.ts';
import type { Claim, DeliveryStore, Outcome, Release } from './deliveryStore.ts';
import { logFailure, logTemplate } from './failureLog.ts';
import { faultOf } from './faults.ts';
import { givenUp } from './givenUp.ts';
import { type Job, jobOccasion } from './job.ts';
import { TemplateError } from './templates/rendering.ts';

/** One time that the queue hands a job over. */
export interface Attempt {
  readonly job: Job;
  /** By which this attempt's claim is told from every other. */
  readonly claimId: string;
  /** Whether the queue gives it up after this attempt. */
  readonly last: boolean;
  /** What the function has left of its own time limit. */
  remainingMilliseconds(): number;
}

/** What is needed whether or not the meeting is still there. */
export interface Bookkeeping {
  readonly deliveries: DeliveryStore;
  readonly retentionDays: number;
  now(): Date;
}

/** The meeting of the jobs, and when its rows expire, in epoch seconds. */
export interface OpenMeeting {
  readonly context: DeliveryContext;
  readonly expiresAt: number;
}

/** For the table to mark what was sent. */
const markingMilliseconds = 2_000;

/**
 * Sends, marks or releases a job after it was claimed. One job's trouble stays its own: whatever goes wrong is logged.
 *
 * @param open undefined where the meeting has gone
 * @returns whether the job has come to its end; else it is to come again
 */
export async function processClaim(
  attempt: Attempt,
  claim: Claim,
  open: OpenMeeting | undefined,
  bookkeeping: Bookkeeping,
): Promise<boolean> {
  if (claim === 'finished' || claim === 'busy') return claim === 'finished';
  const now = bookkeeping.now();
  try {
    const outcome = claim === 'unclear' ? unclear : await outcomeOf(attempt, open, bookkeeping.deliveries, now);
    if (outcome) await finish(attempt.job, outcome, open, bookkeeping, now);
    return outcome !== undefined;
  } catch (error) {
    log.error('Delivery not marked', { ...idsOf(attempt.job), error: errorOf(error) });
    return false;
  }
}

/** Whoever was at it fell silent when a message that must not leave twice was about to leave. */
const unclear: Outcome = { state: 'sent', reason: 'unclear' };

/** What becomes of a claimed job now; undefined where its claim is released, for a later attempt. */
async function outcomeOf(
  { job, claimId, last, remainingMilliseconds }: Attempt,
  open: OpenMeeting | undefined,
  deliveries: DeliveryStore,
  now: Date,
): Promise<Outcome | undefined> {
  if (!open) return { state: 'superseded' };
  if (remainingMilliseconds() < sendingTimeMilliseconds + markingMilliseconds) {
    return release(job, { reason: 'out-of-time', unsent: true }, deliveries, now);
  }
  try {
    return await deliver({ job, claimId }, open.context, now);
  } catch (error) {
    if (error instanceof TemplateError) logTemplate(job, error);
    const { kind, reason } = faultOf(error);
    if (kind === 'refused') return { state: 'failed', reason };
    if (last) {
      log.error(givenUp, { ...idsOf(job), error: errorOf(error) });
      return { state: 'failed', reason, ...(kind === 'unclear' ? { unclear: true } : {}) };
    }
    log.warn('Delivery put off', { ...idsOf(job), error: errorOf(error) });
    return release(job, { reason, unsent: kind === 'later' }, deliveries, now);
  }
}

async function release(job: Job, why: Release, deliveries: DeliveryStore, now: Date): Promise<undefined> {
  await deliveries.release(job, why, now);
}

async function finish(
  job: Job,
  outcome: Outcome,
  open: OpenMeeting | undefined,
  { deliveries, retentionDays }: Bookkeeping,
  now: Date,
): Promise<void> {
  const expiresAt = open?.expiresAt ?? epochSeconds(now) + retentionDays * secondsPerDay;
  await deliveries.finish(job, outcome, now, expiresAt);
  log.info('Delivery ended', { ...idsOf(job), ...outcome });
  if (outcome.state === 'failed' && open) logFailure(job, open.context.meeting, outcome.reason);
}

function idsOf(job: Job) {
  const { meetingId, participantId, channel } = job;
  return { meetingId, participantId, channel, occasion: jobOccasion(job) };
}
