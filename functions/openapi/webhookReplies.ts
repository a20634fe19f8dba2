import * as z from 'zod/mini';
import { booleanField, countField, described, instantField, textField } from './described.ts';

const made = '2027-02-20T10:00:00.000Z';

const facts = {
  id: textField('The id of the webhook.', '8m2k4x6z0q1w3e5r7t9y2c4v6b'),
  url: textField('Where events are sent.', 'https://hooks.example.org/meetings'),
  events: described(z.array(z.string()), 'What is told.', ['meeting.scheduled', 'meeting.cancelled']),
  description: z.optional(textField('A note for people.', 'The intranet’s calendar')),
  enabled: booleanField('Whether anything is sent.', true),
  off: z.optional(
    described(
      z.strictObject({
        reason: textField('`gone` (it answered 410) or `failing` (nothing succeeded in three days).', 'failing'),
        since: instantField('Since when.', made),
      }),
      'Why it is off, where nobody turned it off.',
    ),
  ),
  failingSince: z.optional(instantField('Since when nothing was told; absent while all goes well.', made)),
  secrets: described(
    z.array(
      z.strictObject({
        made: instantField('When it was made.', made),
        until: z.optional(instantField('Until when it signs beside the newest.', made)),
      }),
    ),
    'The newest first; the secrets themselves are not shown again.',
  ),
  created: instantField('When it was created.', made),
  updated: instantField('When it was changed last, or turned off.', made),
};

export const webhook = z.strictObject(facts);

export const keyedWebhook = z.strictObject({
  ...facts,
  secret: textField(
    'What its events are signed with from now on, as libraries of Standard Webhooks take it. Keep it: it is not shown again.',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw0c1t2u3v4w4=',
  ),
});

export const webhookList = z.strictObject({
  webhooks: described(z.array(webhook), 'All of them, at most 20, the oldest first.'),
});

/** What a call of a receiver came to. */
const outcome = {
  milliseconds: countField('How long it took.', 120),
  status: z.optional(countField('What the receiver answered.', 204)),
  silence: z.optional(
    textField(
      'Why there is no answer: `name-not-found`, `address-not-public`, `certificate`, `connection` or `timeout`.',
      'timeout',
    ),
  ),
};

const owedEvent = z.strictObject({
  id: textField('The id of the event, as in `webhook-id`.', 'k3v9x0q2m7c1t8r5w4z6b0n2p1-000000002'),
  type: textField('What happened.', 'meeting.changed'),
  timestamp: instantField('When it happened.', made),
  state: described(z.enum(['waiting', 'told']), '`waiting` until the receiver took it.', 'told'),
  attempts: described(
    z.array(z.strictObject({ at: instantField('When it was made.', made), ...outcome })),
    'The calls of the receiver, the oldest first.',
  ),
});

export const attemptPage = z.strictObject({
  events: described(z.array(owedEvent), 'The newest first; they are kept for three days.'),
  cursor: z.optional(textField('Where the next page begins; absent on the last one.', 'RVZFTlQjMjAyNw')),
});

export const testResult = z.strictObject({
  id: textField('The id of the event that was sent.', 'test-8m2k4x6z0q1w3e5r7t9y2c4v6b'),
  told: booleanField('Whether the receiver took it.', true),
  ...outcome,
});
