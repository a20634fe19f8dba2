import { doorsByRoute } from '../doorsByRoute.ts';
import { createWebhook } from './createWebhook.ts';
import { deleteWebhook } from './deleteWebhook.ts';
import { listWebhooks } from './listWebhooks.ts';
import { patchWebhook } from './patchWebhook.ts';
import { readAttempts } from './readAttempts.ts';
import { readWebhook } from './readWebhook.ts';
import { rotateSecret } from './rotateSecret.ts';
import { testWebhook } from './testWebhook.ts';

/** Every call about webhooks: few admins make few of them. */
export const handler = doorsByRoute({
  'POST /webhooks': createWebhook,
  'GET /webhooks': listWebhooks,
  'GET /webhooks/{id}': readWebhook,
  'PATCH /webhooks/{id}': patchWebhook,
  'DELETE /webhooks/{id}': deleteWebhook,
  'GET /webhooks/{id}/attempts': readAttempts,
  'POST /webhooks/{id}/test': testWebhook,
  'POST /webhooks/{id}/secret': rotateSecret,
});
