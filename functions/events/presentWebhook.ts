import type { OwedEvent } from './owedEvent.ts';
import type { Webhook } from './webhook.ts';

/** A webhook as admins see it: of its secrets only when each was made, and until when an older one signs. */
export function presentWebhook(webhook: Webhook) {
  const { id, url, events, description, enabled, off, failingSince, secrets, created, updated } = webhook;
  return {
    id,
    url,
    events,
    ...(description === undefined ? {} : { description }),
    enabled,
    ...(off ? { off: { reason: off.reason, since: off.since.toISOString() } } : {}),
    ...(failingSince ? { failingSince: failingSince.toISOString() } : {}),
    secrets: secrets.map(({ made, until }) => {
      return { made: made.toISOString(), ...(until ? { until: until.toISOString() } : {}) };
    }),
    created: created.toISOString(),
    updated: updated.toISOString(),
  };
}

/** An event with what became of it, as admins see it. */
export function presentOwedEvent({ id, type, time, state, attempts }: OwedEvent) {
  return {
    id,
    type,
    timestamp: time.toISOString(),
    state,
    attempts: attempts.map(({ at, milliseconds, status, silence }) => ({
      at: at.toISOString(),
      milliseconds,
      ...(status === undefined ? {} : { status }),
      ...(silence === undefined ? {} : { silence }),
    })),
  };
}
