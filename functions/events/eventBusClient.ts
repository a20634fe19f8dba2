import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Event } from './event.ts';

/** What the bus's events come from. */
export const eventSource = 'meetings';

/** EventBridge's limit for one call. */
const eventsPerCall = 10;

/** Milliseconds; a call that hangs is given up and repeated. */
const timeLimits = { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true };

/** The bus on which other systems of the same account listen. */
export function eventBusClient(EventBusName: string) {
  const bus = new EventBridgeClient({ requestHandler: timeLimits });
  return {
    /** Puts events on the bus, in their order. @throws Error where it takes one of them not */
    async put(events: readonly Event[]): Promise<void> {
      for (let start = 0; start < events.length; start += eventsPerCall) {
        const Entries = events.slice(start, start + eventsPerCall).map(({ id, type, time, data }) => ({
          EventBusName,
          Source: eventSource,
          DetailType: type,
          Time: time,
          Detail: JSON.stringify({ id, timestamp: time.toISOString(), data }),
        }));
        const { FailedEntryCount = 0, Entries: results = [] } = await bus.send(new PutEventsCommand({ Entries }));
        if (FailedEntryCount === 0) continue;
        throw new Error(
          `The bus refused ${FailedEntryCount} events: ${results.find(({ ErrorCode }) => ErrorCode)?.ErrorCode}`,
        );
      }
    },
  };
}
