import { expiryOf } from '../meetings/meetingStore.ts';
import { sendingTimeMilliseconds } from '../runtime/clients.ts';
import { errorOf, log } from '../runtime/log.ts';
import { epochSeconds, secondsPerDay } from '../runtime/row.ts';
import { settings } from '../runtime/settings.ts';
import { table } from '../runtime/table.ts';
import { deliver, type Round } from './deliver.ts';
import type { Job } from './delivery.ts';
import { type Claim, deliveryStore, type Outcome } from './deliveryStore.ts';
import { logFailure, logTemplate } from './failureLog.ts';
import { faultOf } from './faults.ts';
import { givenUp } from './givenUp.ts';
import { TemplateError } from './templates/rendering.ts';

/** One time that the queue hands a job over. */
export interface Attempt {
  readonly job: Job;
  /** Whether the queue gives it up after this attempt. */
  readonly last: boolean;
  /** What the function has left of its own time limit. */
  remainingMilliseconds(): number;
}

/** For the table to mark what was sent. */
const markingMilliseconds = 2_000;

/**
 * Does what a claim leaves to do. One job's trouble stays its own: whatever goes wrong is logged.
 *
 * @param round undefined where the meeting has gone
 * @returns whether the job has come to its end; else it is to come again
 */
export async function conclude(attempt: Attempt, claim: Claim, round: Round | undefined): Promise<boolean> {
  if (claim === 'finished' || claim === 'busy') return claim === 'finished';
  const now = new Date();
  try {
    const outcome = claim === 'unclear' ? unclear : await outcomeOf(attempt, round, now);
    if (outcome) await end(attempt.job, outcome, round, now);
    return outcome !== undefined;
  } catch (error) {
    log.error('Delivery not marked', { ...idsOf(attempt.job), error: errorOf(error) });
    return false;
  }
}

/** Whoever was at it fell silent when a message that must not leave twice was about to leave. */
const unclear: Outcome = { state: 'sent', reason: 'unclear' };

/** What becomes of a claimed job now; undefined where its claim is given back, for a later attempt. */
async function outcomeOf(attempt: Attempt, round: Round | undefined, now: Date): Promise<Outcome | undefined> {
  const { job, last } = attempt;
  if (!round) return { state: 'superseded' };
  if (attempt.remainingMilliseconds() < sendingTimeMilliseconds + markingMilliseconds) {
    return giveBack(job, 'out-of-time', true, now);
  }
  try {
    return await deliver(job, round, now);
  } catch (error) {
    if (error instanceof TemplateError) logTemplate(job, error);
    const { kind, reason } = faultOf(error);
    if (kind === 'refused') return { state: 'failed', reason };
    if (last) {
      log.error(givenUp, { ...idsOf(job), error: errorOf(error) });
      return { state: 'failed', reason, ...(kind === 'unclear' ? { unclear: true } : {}) };
    }
    log.warn('Delivery put off', { ...idsOf(job), error: errorOf(error) });
    return giveBack(job, reason, kind === 'later', now);
  }
}

async function giveBack(job: Job, reason: string, unsent: boolean, now: Date): Promise<undefined> {
  await deliveryStore(table()).release(job, reason, unsent, now);
}

async function end(job: Job, outcome: Outcome, round: Round | undefined, now: Date): Promise<void> {
  const { retentionDays } = settings();
  const expiresAt = round ? expiryOf(round.meeting, retentionDays) : epochSeconds(now) + retentionDays * secondsPerDay;
  await deliveryStore(table()).finish(job, outcome, now, expiresAt);
  log.info('Delivery ended', { ...idsOf(job), ...outcome });
  if (outcome.state === 'failed' && round) logFailure(job, round.meeting, outcome.reason);
}

function idsOf({ meetingId, participantId, channel, occasion }: Job) {
  return { meetingId, participantId, channel, occasion };
}
