import { presentWebhook } from '../../../events/presentWebhook.ts';
import { requireAdmin } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { webhookId } from './webhookId.ts';

/** `GET /webhooks/{id}`: a webhook, for admins. */
export const readWebhook = userDoor(async ({ request, caller }) => {
  requireAdmin(caller);
  return { status: 200, body: presentWebhook(await stores.webhooks().get(webhookId(request))) };
});
