import * as z from 'zod/mini';
import { storedInstant } from '../runtime/row.ts';
import type { Event } from './event.ts';

/** A length of ids that holds 130 random bits. */
export const webhookIdLength = 26;

/** Whoever listens is asked for with each change: they are few. */
export const mostWebhooks = 20;

/** How long a secret that was rotated still signs, beside the new one. */
export const overlapMilliseconds = 24 * 3_600_000;

/** After so long without a single success a webhook is off; an event is kept for as long. */
export const patienceMilliseconds = 3 * 24 * 3_600_000;

/**
 * How long a drain holds its webhook: the function ends before, and the queue tells of the message again after. The
 * template's limits are made from it.
 */
export const drainLeaseSeconds = 75;

const secretSchema = z.looseObject({
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  secret: z.string(),
  made: storedInstant,
  /** Until when it signs; absent of the one that was made last. */
  until: z.optional(storedInstant),
});

/** An address of another system, as it is kept; fields that another release added are kept. */
export const webhookSchema = z.looseObject({
  id: z.string(),
  url: z.string(),
  /** What it is told of; types of another release are kept, and told by it. */
  events: z.array(z.string()),
  description: z.optional(z.string()),
  /** The newest first. */
  secrets: z.array(secretSchema),
  enabled: z.boolean(),
  /** Why it is off where nobody turned it off: `gone` (410) or `failing` (three days). */
  off: z.optional(z.looseObject({ reason: z.string(), since: storedInstant })),
  created: storedInstant,
  updated: storedInstant,
  /** Since when nothing was told with success; absent while all goes well. */
  failingSince: z.optional(storedInstant),
  /** Nothing is sent before, by the message that paused. */
  pausedUntil: z.optional(storedInstant),
  pausedBy: z.optional(z.string()),
  /** The sort key of the last event that was told, and all before it with it. */
  toldUntil: z.optional(z.string()),
  /** Who drains it, and until when at the longest (epoch seconds). */
  leaseId: z.optional(z.string()),
  leaseUntil: z.optional(z.number()),
});

export type Webhook = Readonly<z.output<typeof webhookSchema>>;

/** Whether a webhook is told of an event. */
export function listensTo({ enabled, events }: Pick<Webhook, 'enabled' | 'events'>, type: Event['type']): boolean {
  return enabled && events.includes(type);
}

/** The secrets that sign now. */
export function signingSecrets({ secrets }: Pick<Webhook, 'secrets'>, now: Date): string[] {
  return secrets.filter(({ until }) => until === undefined || until > now).map(({ secret }) => secret);
}

/** The secrets of a webhook after a new one was made: the one before signs for a day more, older ones no more. */
export function rotateSecrets(secrets: Webhook['secrets'], secret: string, now: Date): Webhook['secrets'] {
  const [latest] = secrets;
  const former = latest ? [{ ...latest, until: new Date(now.getTime() + overlapMilliseconds) }] : [];
  return [{ secret, made: now }, ...former];
}
