import { errorOf, log } from '../runtime/log.ts';
import { epochSeconds, secondsPerDay } from '../runtime/row.ts';
import { sendingTimeMilliseconds } from '../runtime/timeLimits.ts';
import { countOutcome } from './countOutcome.ts';
import { type ClaimedJob, type DeliveryContext, deliver } from './deliver.ts';
import type { Claim, DeliveryStore, Outcome } from './deliveryStore.ts';
import { logFailure, logTemplate } from './failureLog.ts';
import { faultOf } from './faults.ts';
import { givenUp, heldUp } from './givenUp.ts';
import { type Job, jobOccasion } from './job.ts';
import { type Obstacle, postponedJob } from './postpone.ts';
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
  /** Evenly from 0 to 1. */
  chance(): number;
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
 * @returns what is to become of the message that brought the job
 */
export async function processClaim(
  attempt: Attempt,
  claim: Claim,
  open: OpenMeeting | undefined,
  bookkeeping: Bookkeeping,
): Promise<Ending> {
  if (claim === 'finished') return 'over';
  if (claim === 'busy') return 'again';
  const now = bookkeeping.now();
  try {
    const outcome = claim === 'unclear' ? unclear : await outcomeOf(attempt, open, bookkeeping, now);
    if (outcome === 'again' || 'postponed' in outcome) return outcome;
    await recordOutcome(attempt.job, outcome, open, bookkeeping, now);
    return 'over';
  } catch (error) {
    log.error('Delivery not marked', { ...idsOf(attempt.job), error: errorOf(error) });
    return 'again';
  }
}

/** The job has come to its end; or its message comes again, as one attempt less; or it is to be queued anew as it says. */
export type Ending = 'over' | 'again' | { readonly postponed: Job };

/** Whoever was at it fell silent when a message that must not leave twice was about to leave. */
const unclear: Outcome = { state: 'sent', reason: 'unclear' };

type Undone = Exclude<Ending, 'over'>;

/** What becomes of a claimed job now; where it has not ended, its claim is released for a later attempt. */
async function outcomeOf(
  { job, claimId, last, remainingMilliseconds }: Attempt,
  open: OpenMeeting | undefined,
  bookkeeping: Bookkeeping,
  now: Date,
): Promise<Outcome | Undone> {
  if (!open) return { state: 'superseded' };
  if (remainingMilliseconds() < sendingTimeMilliseconds + markingMilliseconds) {
    return postpone({ job, claimId }, 'outOfTime', new Error('out-of-time'), bookkeeping, now);
  }
  try {
    return await deliver({ job, claimId }, open.context, now);
  } catch (error) {
    if (error instanceof TemplateError) logTemplate(job, error);
    const { kind, reason } = faultOf(error);
    if (kind === 'refused') return { state: 'failed', reason };
    if (kind === 'throttled' || kind === 'setUp') return postpone({ job, claimId }, kind, error, bookkeeping, now);
    if (last) return giveUp(job, { reason, ...(kind === 'unclear' ? { unclear: true } : {}) }, error);
    log.warn('Delivery put off', { ...idsOf(job), error: errorOf(error) });
    await bookkeeping.deliveries.release(job, { claimId, reason, unsent: kind === 'later' }, now);
    return 'again';
  }
}

/** What met an obstacle sent nothing, and may wait for days. */
async function postpone(
  { job, claimId }: ClaimedJob,
  obstacle: Obstacle,
  error: unknown,
  { deliveries, chance }: Bookkeeping,
  now: Date,
): Promise<Outcome | Undone> {
  const reason = obstacle === 'outOfTime' ? 'out-of-time' : errorOf(error).name;
  const later = postponedJob(job, obstacle, now, chance());
  if (!later) return giveUp(job, { reason }, error);
  const fields = { ...idsOf(job), reason, waitSeconds: later.waitSeconds, error: errorOf(error) };
  if (obstacle === 'setUp') log.error(heldUp, fields);
  else log.warn('Delivery put off', fields);
  await deliveries.release(job, { claimId, reason, unsent: true }, now);
  return { postponed: later };
}

function giveUp(job: Job, why: Pick<Outcome & { state: 'failed' }, 'reason' | 'unclear'>, error: unknown): Outcome {
  log.error(givenUp, { ...idsOf(job), error: errorOf(error) });
  return { state: 'failed', ...why };
}

async function recordOutcome(
  job: Job,
  outcome: Outcome,
  open: OpenMeeting | undefined,
  { deliveries, retentionDays }: Bookkeeping,
  now: Date,
): Promise<void> {
  const expiresAt = open?.expiresAt ?? epochSeconds(now) + retentionDays * secondsPerDay;
  await deliveries.finish(job, outcome, now, expiresAt);
  log.info('Delivery ended', { ...idsOf(job), ...outcome });
  countOutcome(job, outcome, open?.context.meeting, now);
  if (outcome.state === 'failed' && open) logFailure(job, open.context.meeting, outcome.reason);
}

function idsOf(job: Job) {
  const { meetingId, participantId, channel } = job;
  return { meetingId, participantId, channel, occasion: jobOccasion(job) };
}
