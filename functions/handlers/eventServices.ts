import { eventBusClient } from '../events/eventBusClient.ts';
import type { EventServices } from '../events/handOn.ts';
import { webhookQueueClient } from '../events/webhookQueueClient.ts';
import { optionalVariable, variable } from '../runtime/environment.ts';
import { owedEvents, webhooks } from './stores.ts';

/** What a handler that hands events on hands down. */
export function eventServices(): EventServices {
  const bus = optionalVariable('EVENT_BUS_NAME');
  return {
    webhooks: webhooks(),
    owedEvents: owedEvents(),
    webhookQueue: webhookQueueClient(variable('WEBHOOK_QUEUE_URL')),
    putOnBus: bus === undefined ? undefined : eventBusClient(bus).put,
  };
}
