import { log } from '../runtime/log.ts';
import { type Event, type EventType, testType } from './event.ts';
import { sortKeyOf } from './owedEvent.ts';
import type { OwedEventStore } from './owedEventStore.ts';
import { listensTo, type Webhook } from './webhook.ts';
import type { WebhookQueueClient } from './webhookQueueClient.ts';
import type { WebhookStore } from './webhookStore.ts';

/** Where events go, if anybody listens. */
export interface EventServices {
  readonly webhooks: WebhookStore;
  readonly owedEvents: OwedEventStore;
  readonly webhookQueue: WebhookQueueClient;
  /** Undefined where the stack has no bus. */
  readonly putOnBus: ((events: readonly Event[]) => Promise<void>) | undefined;
}

/** Who listens at a moment. */
export interface Listeners {
  readonly webhooks: readonly Webhook[];
  readonly bus: boolean;
}

export async function listenersOf({
  webhooks,
  putOnBus,
}: Pick<EventServices, 'webhooks' | 'putOnBus'>): Promise<Listeners> {
  return { webhooks: await webhooks.all(), bus: putOnBus !== undefined };
}

/** Whether anybody is told of what is of this type. */
export function isHeard({ webhooks, bus }: Listeners, type: EventType): boolean {
  return bus || webhooks.some((webhook) => listensTo(webhook, type));
}

/** Hands events to whoever listens, each once per listener; handed on again, a webhook's are as they were. */
export async function handOn(all: readonly Event[], listeners: Listeners, services: EventServices): Promise<void> {
  const { owedEvents, webhookQueue, putOnBus } = services;
  const events = all.filter(({ type }) => type !== testType && isHeard(listeners, type));
  if (events.length === 0) return;
  for (const webhook of listeners.webhooks) {
    const heard = events.filter(({ type }) => listensTo(webhook, type));
    // One after the other: what is told first must be there first.
    for (const event of heard) await owedEvents.keep(webhook.id, event);
    const from = heard.map(sortKeyOf).sort()[0];
    if (from !== undefined) await webhookQueue.send([{ webhookId: webhook.id, from }]);
  }
  await putOnBus?.(events);
  log.info('Events handed on', { events: events.map(({ id, type }) => ({ id, type })) });
}
