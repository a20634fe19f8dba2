import { changeOf } from '../../../events/makeWebhook.ts';
import { presentWebhook } from '../../../events/presentWebhook.ts';
import { webhookPatch } from '../../../events/webhookInput.ts';
import { parseInput } from '../../../runtime/input.ts';
import { log } from '../../../runtime/log.ts';
import { mergePatchOf } from '../../../runtime/mergePatch.ts';
import { requireAdmin } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { webhookId } from './webhookId.ts';

/** `PATCH /webhooks/{id}`: changes where and of what another system is told, and turns that off or on. */
export const patchWebhook = userDoor(async ({ request, caller, now }) => {
  requireAdmin(caller);
  const change = changeOf(parseInput(webhookPatch, mergePatchOf(request)));
  const webhook = await stores.webhooks().change(webhookId(request), change, now);
  log.info('Webhook changed', { webhookId: webhook.id, by: caller.id });
  return { status: 200, body: presentWebhook(webhook) };
});
