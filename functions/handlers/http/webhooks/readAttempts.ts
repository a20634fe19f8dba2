import { attemptsCursor, attemptsQuery } from '../../../events/attemptsQuery.ts';
import { presentOwedEvent } from '../../../events/presentWebhook.ts';
import { parseInput } from '../../../runtime/input.ts';
import { requireAdmin } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { webhookId } from './webhookId.ts';

/** `GET /webhooks/{id}/attempts`: what it was told in three days, or is to be, the newest first. */
export const readAttempts = userDoor(async ({ request, caller }) => {
  requireAdmin(caller);
  const { limit, before } = parseInput(attemptsQuery, request.query);
  const { id } = await stores.webhooks().get(webhookId(request));
  const { events, next } = await stores.owedEvents().page(id, limit, before);
  return {
    status: 200,
    body: {
      events: events.map(presentOwedEvent),
      cursor: next === undefined ? undefined : attemptsCursor(next),
    },
  };
});
