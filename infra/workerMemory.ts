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
