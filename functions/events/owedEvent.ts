import * as z from 'zod/mini';
import { storedInstant } from '../runtime/row.ts';
import type { Event } from './event.ts';

/** One call of a receiver, as it is kept. */
const attemptSchema = z.looseObject({
  at: storedInstant,
  milliseconds: z.number(),
  /** What the receiver answered. */
  status: z.optional(z.number()),
  /** Why there is no answer, as `timeout`. */
  silence: z.optional(z.string()),
});

/** An event that a webhook is to be told, or was. */
export const owedEventSchema = z.looseObject({
  sk: z.string(),
  id: z.string(),
  type: z.string(),
  time: storedInstant,
  data: z.record(z.string(), z.unknown()),
  /** `waiting` until it is told. */
  state: z.enum(['waiting', 'told']),
  attempts: z.array(attemptSchema),
  /** Epoch seconds: after that it is told no more. */
  expiresAt: z.number(),
});

export type OwedEvent = Readonly<z.output<typeof owedEventSchema>>;
export type KeptAttempt = Readonly<z.output<typeof attemptSchema>>;

export const eventPrefix = 'EVENT#';

/** The sort key of an event: where it stands among those of its webhook. */
export function sortKeyOf({ order, id }: Pick<Event, 'order' | 'id'>): string {
  return `${eventPrefix}${order.toISOString()}#${id}`;
}
