import { attemptsQuery } from '../events/attemptsQuery.ts';
import { examples } from './examples.ts';
import { inputSchema, referenceTo } from './jsonSchema.ts';
import type { Operations, Parameter } from './operation.ts';
import type { ProblemCode } from './problems.ts';

const webhookId: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The webhook.',
  required: true,
  schema: { type: 'string' },
  example: examples.Webhook.id,
};

const listed = inputSchema(attemptsQuery).properties ?? {};
const forAdmins: readonly ProblemCode[] = ['admin-needed'];
const ofOne: readonly ProblemCode[] = [...forAdmins, 'webhook-not-found'];
const input: readonly ProblemCode[] = ['invalid-json', 'invalid-input'];

/** The doors to webhooks; what they send stands under `webhooks`. */
export const webhookOperations: Operations = {
  'POST /webhooks': {
    tag: 'Webhooks',
    summary: 'Create a webhook',
    description: 'From then on its receiver is told of events. There are 20 at most.',
    body: {
      schema: { $ref: referenceTo('WebhookInput') },
      required: true,
      example: { url: 'https://hooks.example.org/meetings', events: ['meeting.scheduled', 'meeting.cancelled'] },
    },
    replies: [
      {
        status: 201,
        description: 'The webhook, with its secret.',
        headers: ['Location'],
        json: 'KeyedWebhook',
        example: examples.KeyedWebhook,
      },
    ],
    capability: 'admin',
    problems: [...forAdmins, ...input, 'too-many-webhooks'],
  },
  'GET /webhooks': {
    tag: 'Webhooks',
    summary: 'List webhooks',
    replies: [{ status: 200, description: 'All of them.', json: 'WebhookList', example: examples.WebhookList }],
    capability: 'admin',
    problems: forAdmins,
  },
  'GET /webhooks/{id}': {
    tag: 'Webhooks',
    summary: 'Read a webhook',
    parameters: [webhookId],
    replies: [{ status: 200, description: 'The webhook.', json: 'Webhook', example: examples.Webhook }],
    capability: 'admin',
    problems: ofOne,
  },
  'PATCH /webhooks/{id}': {
    tag: 'Webhooks',
    summary: 'Change a webhook, or turn it off or on',
    parameters: [webhookId],
    body: {
      schema: { $ref: referenceTo('WebhookPatch') },
      mergePatch: true,
      required: true,
      example: { enabled: true },
    },
    replies: [{ status: 200, description: 'The webhook as it is now.', json: 'Webhook', example: examples.Webhook }],
    capability: 'admin',
    problems: [...ofOne, ...input, 'unsupported-media-type'],
  },
  'DELETE /webhooks/{id}': {
    tag: 'Webhooks',
    summary: 'Delete a webhook',
    description: 'Nothing more is told there, what waits included.',
    parameters: [webhookId],
    replies: [{ status: 204, description: 'There is no such webhook any more.' }],
    capability: 'admin',
    problems: ofOne,
  },
  'GET /webhooks/{id}/attempts': {
    tag: 'Webhooks',
    summary: 'Read what a webhook was told, or is to be',
    parameters: [
      webhookId,
      {
        name: 'limit',
        in: 'query',
        description: 'How many at most.',
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
      },
      { name: 'cursor', in: 'query', description: 'The `cursor` of the page before.', schema: listed.cursor ?? {} },
    ],
    replies: [{ status: 200, description: 'A page of it.', json: 'AttemptPage', example: examples.AttemptPage }],
    capability: 'admin',
    problems: [...ofOne, 'invalid-input'],
  },
  'POST /webhooks/{id}/test': {
    tag: 'Webhooks',
    summary: 'Try a webhook',
    description:
      'Calls the receiver now, once, with an event `webhook.test`, also where the webhook is off, and says what it answered. It changes nothing.',
    parameters: [webhookId],
    replies: [{ status: 200, description: 'What came of it.', json: 'WebhookTest', example: examples.WebhookTest }],
    capability: 'admin',
    problems: ofOne,
  },
  'POST /webhooks/{id}/secret': {
    tag: 'Webhooks',
    summary: 'Give a webhook a new secret',
    description:
      'For 24 hours all is signed with both, so that no event is refused while the receiver takes over the new one.',
    parameters: [webhookId],
    replies: [
      {
        status: 200,
        description: 'The webhook, with its new secret.',
        json: 'KeyedWebhook',
        example: examples.KeyedWebhook,
      },
    ],
    capability: 'admin',
    problems: [...ofOne, 'webhook-busy'],
  },
};
