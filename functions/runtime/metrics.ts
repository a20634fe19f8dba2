import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * What functions measure beside what AWS does by itself, as CloudWatch's embedded metric format: lines of the log that
 * CloudWatch makes metrics of. How deliveries ended is counted by their channel: `Sent.email`, `Failed.sms`.
 */
export type MetricName =
  /** Deliveries that were queued. */
  | 'InvitationsPlanned'
  | 'RemindersPlanned'
  /** Seconds from the change that an invitation tells of until it was handed over; from a reminder's due time until it was planned. */
  | 'InvitationDelay'
  | 'ReminderDelay'
  /** People who took a seat, and who were let wait for a host. */
  | 'SeatsTaken'
  | 'KnocksTaken'
  | `${'Sent' | 'Failed' | 'Superseded'}.${string}`;

/** What is counted by why: each reason has a metric of its own, beside one of all. */
export type ReasonedName = 'DeliveriesFailed' | 'JoinsRefused' | 'CallsLimited';

const metrics = new Metrics();

/** Counts something that happened. */
export function count(name: MetricName, times = 1): void {
  if (times > 0) metrics.addMetric(name, MetricUnit.Count, times);
}

/** Measures how long something took, in seconds. */
export function measureSeconds(name: MetricName, seconds: number): void {
  metrics.addMetric(name, MetricUnit.Seconds, Math.max(0, seconds));
}

/** Counts something that did not happen, by its reason: a code, of which there are few. */
export function countReason(name: ReasonedName, reason: string): void {
  metrics.addMetric(name, MetricUnit.Count, 1);
  const byReason = metrics.singleMetric();
  byReason.addDimension('reason', reason);
  byReason.addMetric(name, MetricUnit.Count, 1);
}

/** Makes an entry point of one that counts and measures: what it did is written as it ends, also where it fails. */
export function withMetrics<Arguments extends readonly unknown[], Result>(
  run: (...given: Arguments) => Promise<Result>,
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    try {
      return await run(...given);
    } finally {
      publishMetrics();
    }
  };
}

/** Writes what was counted and measured so far; where nothing was, Powertools would write a warning. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
