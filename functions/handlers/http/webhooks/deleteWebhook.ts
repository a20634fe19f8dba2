import { pathParameter } from '../../../runtime/http.ts';
import { log } from '../../../runtime/log.ts';
import { requireAdmin } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `DELETE /webhooks/{id}`: nothing more is told there, what waits included. */
export const deleteWebhook = userDoor(async ({ request, caller }) => {
  requireAdmin(caller);
  const webhookId = pathParameter(request, 'id');
  await stores.webhooks().remove(webhookId);
  log.info('Webhook deleted', { webhookId, by: caller.id });
  return { status: 204 };
});
