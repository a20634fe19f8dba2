import { presentWebhook } from '../../../events/presentWebhook.ts';
import { requireAdmin } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `GET /webhooks`: all of them, for admins. */
export const listWebhooks = userDoor(async ({ caller }) => {
  requireAdmin(caller);
  const webhooks = await stores.webhooks().all();
  return { status: 200, body: { webhooks: webhooks.map(presentWebhook) } };
});
