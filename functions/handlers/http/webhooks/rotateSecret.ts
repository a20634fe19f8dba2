import { randomBytes } from 'node:crypto';
import { presentWebhook } from '../../../events/presentWebhook.ts';
import { formatSecret, secretBytes } from '../../../events/signature.ts';
import { rotateSecrets } from '../../../events/webhook.ts';
import { log } from '../../../runtime/log.ts';
import { requireAdmin } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { webhookId } from './webhookId.ts';

/** `POST /webhooks/{id}/secret`: a new secret, shown here alone; the one before signs beside it for a day more. */
export const rotateSecret = userDoor(async ({ request, caller, now }) => {
  requireAdmin(caller);
  const webhook = await stores.webhooks().get(webhookId(request));
  const secret = formatSecret(randomBytes(secretBytes));
  const secrets = rotateSecrets(webhook.secrets, secret, now);
  await stores.webhooks().replaceSecrets(webhook, secrets, now);
  log.info('Webhook secret rotated', { webhookId: webhook.id, by: caller.id });
  return { status: 200, body: { ...presentWebhook({ ...webhook, secrets, updated: now }), secret } };
});
