import { webhookIdLength } from '../../../events/webhook.ts';
import { webhookNotFound } from '../../../events/webhookStore.ts';
import { type HttpRequest, pathParameter } from '../../../runtime/http.ts';

/** The id of the webhook that `{id}` names. @throws Refusal `webhook-not-found` where it is the id of none */
export function webhookId(request: HttpRequest): string {
  const id = pathParameter(request, 'id');
  if (id.length !== webhookIdLength) throw webhookNotFound();
  return id;
}
