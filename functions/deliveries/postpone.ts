import type { Job } from './job.ts';

/** Why a job waits for something that is not its own. */
export type Obstacle = 'throttled' | 'setUp' | 'outOfTime';

/** Seconds that a job waits at most, the first time and in the end; each time it may be twice as long. */
const ceilings: Readonly<Record<Obstacle, { readonly first: number; readonly last: number }>> = {
  // SES asks for up to ten minutes (Amazon SES developer guide, "Errors related to the sending quotas").
  throttled: { first: 2, last: 600 },
  // SQS holds a message back for 15 minutes at most.
  setUp: { first: 60, last: 900 },
  outOfTime: { first: 2, last: 60 },
};

/** A set-up that is found broken on a Friday evening may be mended on Monday. */
const longestMilliseconds = 3 * 24 * 3_600_000;

/**
 * The job as it is to be queued anew, in place of the message that brought it: so it waits as long as it has to, and no
 * attempt is counted against it. Undefined where it has waited for three days.
 *
 * @param chance evenly from 0 to 1: half of the wait is left to it, so that what met does not meet again
 */
export function postponedJob(job: Job, obstacle: Obstacle, now: Date, chance: number): Job | undefined {
  const { times, since } = job.postponed ?? { times: 0, since: now.toISOString() };
  if (now.getTime() - Date.parse(since) >= longestMilliseconds) return undefined;
  const { first, last } = ceilings[obstacle];
  const ceiling = Math.min(last, first * 2 ** Math.min(times, 16));
  const waitSeconds = Math.ceil((ceiling * (1 + chance)) / 2);
  return { ...job, postponed: { times: times + 1, since }, waitSeconds };
}
