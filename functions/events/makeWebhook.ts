import type * as z from 'zod/mini';
import { eventTypes } from './event.ts';
import type { Webhook } from './webhook.ts';
import type { WebhookPatch, webhookInput } from './webhookInput.ts';
import type { WebhookChange } from './webhookStore.ts';

interface Circumstances {
  readonly id: string;
  readonly secret: string;
  readonly now: Date;
}

/** A new webhook, which is told of all where nothing else is said. */
export function makeWebhook(
  { url, events = [...eventTypes], description }: z.output<typeof webhookInput>,
  { id, secret, now }: Circumstances,
): Webhook {
  return {
    id,
    url,
    events,
    ...(description ? { description } : {}),
    secrets: [{ secret, made: now }],
    enabled: true,
    created: now,
    updated: now,
  };
}

/** What a merge patch changes. */
export function changeOf({ events, ...patch }: WebhookPatch): WebhookChange {
  return { ...patch, ...(events === undefined ? {} : { events: events ?? [...eventTypes] }) };
}
