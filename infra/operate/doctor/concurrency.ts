import { channels, type KnownChannel } from '../../../functions/deliveries/channels/channels.ts';
import { paceOf } from '../../../functions/deliveries/pace.ts';
import type { Settings } from '../../settings.ts';
import { meetingChangesAtOnce, planningWorkers, webhookWorkers } from '../../workers.ts';
import { type Finding, missing, unknown, well } from './finding.ts';
import { awsCommand, consolePage, type Place } from './place.ts';

/** What a mapping takes of a shard where it says nothing else. */
const userChangesAtOnce = 1;

/** How many functions what works in the background runs at once, at most, while the table's stream has one shard. */
export function backgroundFunctions(settings: Settings, used: readonly KnownChannel['name'][]): number {
  const sending = channels
    .filter(({ name }) => used.includes(name))
    .map(({ mostPerSecond }: KnownChannel) => paceOf(mostPerSecond?.(settings)).workers);
  return (
    sending.reduce((sum, workers) => sum + workers, 0) +
    planningWorkers +
    webhookWorkers +
    meetingChangesAtOnce +
    userChangesAtOnce
  );
}

/**
 * Holds what Lambda lets all functions of the account run at once, less what is reserved for some, against what the stack's own
 * may take. A new account has 10, where AWS speaks of 1,000 (AWS Lambda developer guide, "Lambda quotas").
 *
 * @param unreserved undefined where AWS did not say
 * @param background as `backgroundFunctions` has it
 */
export function judgeConcurrency(unreserved: number | undefined, background: number, place: Place): Finding {
  const check = 'Lambda concurrency';
  const needed = `more than ${background}`;
  const mend = [
    awsCommand(
      // AWS General Reference, "AWS Lambda endpoints and quotas": the code of "Concurrent executions".
      'service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000',
      place,
    ),
  ];
  if (unreserved === undefined) {
    const page = consolePage('servicequotas/home/services/lambda/quotas', place);
    return unknown(check, { found: 'AWS does not say', needed, says: 'Look at its page.', mend: [page] });
  }
  const found = `${unreserved} functions at once`;
  if (unreserved > background) return well(check, found, needed);
  return missing(check, {
    found,
    needed,
    says: `What works in the background may take ${background} at once, and then calls and rooms find none left.`,
    mend,
  });
}
