import { log } from '../../../runtime/log.ts';
import { requireAdmin } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { webhookId } from './webhookId.ts';

/** `DELETE /webhooks/{id}`: nothing more is told there, what waits included. */
export const deleteWebhook = userDoor(async ({ request, caller }) => {
  requireAdmin(caller);
  const id = webhookId(request);
  await stores.webhooks().remove(id);
  log.info('Webhook deleted', { webhookId: id, by: caller.id });
  return { status: 204 };
});
