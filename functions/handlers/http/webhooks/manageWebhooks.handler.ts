import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { createWebhook } from './createWebhook.ts';
import { deleteWebhook } from './deleteWebhook.ts';
import { listWebhooks } from './listWebhooks.ts';
import { patchWebhook } from './patchWebhook.ts';
import { readAttempts } from './readAttempts.ts';
import { readWebhook } from './readWebhook.ts';
import { rotateSecret } from './rotateSecret.ts';
import { testWebhook } from './testWebhook.ts';

type Door = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const doors = new Map<string, Door>([
  ['POST /webhooks', createWebhook],
  ['GET /webhooks', listWebhooks],
  ['GET /webhooks/{id}', readWebhook],
  ['PATCH /webhooks/{id}', patchWebhook],
  ['DELETE /webhooks/{id}', deleteWebhook],
  ['GET /webhooks/{id}/attempts', readAttempts],
  ['POST /webhooks/{id}/test', testWebhook],
  ['POST /webhooks/{id}/secret', rotateSecret],
]);

/** Every call about webhooks: few admins make few of them, and a stack has room for so many functions only. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  const door = doors.get(event.routeKey);
  if (!door) throw new Error(`There is no door of ${event.routeKey}`);
  return door(event, context);
}
