import type { Pace } from '../functions/deliveries/pace.ts';

/**
 * The memory of a worker that sends, and with it its share of a processor (AWS Lambda developer guide, "Configure Lambda
 * function memory").
 *
 * Whoever waits between one message and the next is paid for as long, and has time enough with half as much.
 */
export function workerMegabytes({ atOnce, intervalMilliseconds }: Pace): number {
  return atOnce === 1 && intervalMilliseconds > 0 ? 512 : 1_024;
}

/** As few parts of large meetings at once as a mapping can be bounded to: planning must not be faster than what sends. */
export const planningWorkers = 2;

/** As many receivers may be slow at once, with ten webhooks in each batch, before another waits. */
export const webhookWorkers = 5;

/**
 * Several batches of a shard at once, never two with changes of one item (AWS Lambda developer guide, "Using AWS Lambda
 * with Amazon DynamoDB"): one large meeting does not hold up the others.
 */
export const meetingChangesAtOnce = 4;
