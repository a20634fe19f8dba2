import { eventText, testType } from '../../../events/event.ts';
import { receiverClient } from '../../../events/receiverClient.ts';
import { signatureHeaders } from '../../../events/signature.ts';
import { outcomeOf } from '../../../events/tellWebhook.ts';
import { signingSecrets, webhookIdLength } from '../../../events/webhook.ts';
import { randomId } from '../../../runtime/ids.ts';
import { log } from '../../../runtime/log.ts';
import { once } from '../../../runtime/once.ts';
import { requireAdmin } from '../../../users/caller.ts';
import * as stores from '../../stores.ts';
import { userDoor } from '../userDoor.ts';
import { webhookId } from './webhookId.ts';

const receiver = once(() => receiverClient());

/** `POST /webhooks/{id}/test`: calls the receiver now, once, beside all that waits for it, and says what it answered. */
export const testWebhook = userDoor(async ({ request, caller, now }) => {
  requireAdmin(caller);
  const webhook = await stores.webhooks().get(webhookId(request));
  const id = `test-${randomId(webhookIdLength)}`;
  const body = eventText({ id, type: testType, time: now, data: { webhookId: webhook.id } });
  const reply = await receiver().post(
    webhook.url,
    signatureHeaders({ id, now, body }, signingSecrets(webhook, now)),
    body,
  );
  const outcome = outcomeOf(reply);
  const milliseconds = Date.now() - now.getTime();
  log.info('Webhook tested', { webhookId: webhook.id, by: caller.id, ...outcome, milliseconds });
  const isTold = 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
  return { status: 200, body: { id, told: isTold, milliseconds, ...outcome } };
});
