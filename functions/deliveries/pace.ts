/** How the workers of a channel keep to a rate, each by itself. */
export interface Pace {
  /** How many there are: a mapping's `MaximumConcurrency`. */
  readonly workers: number;
  /** How many messages each has on their way at once, so how many are unclear where one is killed. */
  readonly atOnce: number;
  /** How far apart each worker's sends begin. */
  readonly intervalMilliseconds: number;
  /** How many messages a worker takes: no more than it sends well within its time limit. */
  readonly batchSize: number;
}

/** To claim, render, send and mark one message; whoever takes longer is as slow as the number of workers makes it. */
const messageSeconds = 0.25;

/** What a mapping can be bounded to (AWS Lambda API reference, "ScalingConfig"). */
const leastWorkers = 2;
const mostWorkers = 1_000;

/** Above this many messages a second one at a time would take hundreds of workers. */
const mostPerSecondOneByOne = 500;

/** For what a worker takes at once, of its 30 seconds: SES may be slow with each of them. */
const batchSeconds = 10;
const mostBatchSize = 10;

/**
 * The pace by which all workers together begin `perSecond` messages a second; undefined where there is no limit, and as
 * few workers as can be then do what they can.
 */
export function paceOf(perSecond: number | undefined): Pace {
  if (perSecond === undefined) {
    return { workers: leastWorkers, atOnce: 1, intervalMilliseconds: 0, batchSize: mostBatchSize };
  }
  const atOnce = perSecond > mostPerSecondOneByOne ? 10 : 1;
  const workers = clamp(Math.ceil((perSecond * messageSeconds) / atOnce), leastWorkers, mostWorkers);
  const intervalMilliseconds = (1_000 * workers) / perSecond;
  const batchSize = clamp(Math.floor((1_000 * batchSeconds) / intervalMilliseconds), 1, mostBatchSize);
  return { workers, atOnce, intervalMilliseconds, batchSize };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
