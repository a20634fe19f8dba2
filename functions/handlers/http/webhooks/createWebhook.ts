import { randomBytes } from 'node:crypto';
import { makeWebhook } from '../../../events/makeWebhook.ts';
import { presentWebhook } from '../../../events/presentWebhook.ts';
import { formatSecret, secretBytes } from '../../../events/signature.ts';
import { webhookIdLength } from '../../../events/webhook.ts';
import { webhookInput } from '../../../events/webhookInput.ts';
import { randomId } from '../../../runtime/ids.ts';
import { parseInput } from '../../../runtime/input.ts';
import { log } from '../../../runtime/log.ts';
import { requireAdmin } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';

/** `POST /webhooks`: has another system told of events; its secret is shown here alone. */
export const createWebhook = userDoor(async ({ request, caller, now }) => {
  requireAdmin(caller);
  const input = parseInput(webhookInput, request.json());
  const secret = formatSecret(randomBytes(secretBytes));
  const webhook = makeWebhook(input, { id: randomId(webhookIdLength), secret, now });
  await stores.webhooks().create(webhook);
  log.info('Webhook created', { webhookId: webhook.id, by: caller.id });
  return {
    status: 201,
    headers: { location: `/webhooks/${webhook.id}` },
    body: { ...presentWebhook(webhook), secret },
  };
});
