import { webhookInput, webhookPatch } from '../events/webhookInput.ts';
import type { Components, Notes } from './jsonSchema.ts';

const url: Notes = {
  description:
    'Where events are sent: https on port 443, at a name or an address of the public internet, without user, password and fragment.',
  examples: ['https://hooks.example.org/meetings'],
};
const events: Notes = {
  description: 'What is told, each type once.',
  examples: [['meeting.scheduled', 'meeting.cancelled']],
};
const description: Notes = { description: 'A note for people.', examples: ['The intranet’s calendar'] };

/** What callers send of webhooks. */
export const webhookInputs: Components = {
  WebhookInput: {
    schema: webhookInput,
    notes: {
      description: 'Where another system is to be told of events.',
      properties: { url, events: { ...events, description: `${events.description} Default: all.` }, description },
    },
  },
  WebhookPatch: {
    schema: webhookPatch,
    notes: {
      description: 'A JSON merge patch (RFC 7396) of a webhook; what is absent stays.',
      properties: {
        url,
        events: { ...events, description: `${events.description} Null is all.` },
        description: { ...description, description: `${description.description} Null takes it away.` },
        enabled: {
          description:
            'Whether anything is sent. What happens while it is off is not told; what waited, and is not three days old, is told with the next event.',
          examples: [true],
        },
      },
    },
  },
};
