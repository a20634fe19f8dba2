import * as z from 'zod/mini';
import { type EventType, eventTypes, testType } from '../events/event.ts';
import { standings } from '../meetings/answers/answer.ts';
import { countField, described, instantField, textField } from './described.ts';
import { type Components, type JsonSchema, referenceTo } from './jsonSchema.ts';

const meetingId = textField('The id of the meeting.', 'k3v9x0q2m7c1t8r5w4z6b0n2p1');
const participantId = textField('The id of the participant, as `participants[].id` has it.', '4z8q1m0x7c2v');

const ofMeeting = {
  meetingId,
  organizerId: textField('The id of the user who organizes it.', '0a11ce00-0000-4000-8000-000000000001'),
  sequence: countField('The SEQUENCE of its calendars: raised by what people are told of.', 1),
  revision: countField('Raised by every change of it.', 2),
  validSince: instantField('When it begins.'),
  validUntil: instantField('When it ends.', '2027-03-01T09:30:00.000Z'),
};

interface Told {
  /** What its schema is called. */
  readonly name: `${string}Event`;
  /** When it is told, as a sentence. */
  readonly meaning: string;
  readonly data: z.core.$ZodShape;
}

/** What receivers are told, by the type of the event. */
export const toldEvents: Readonly<Record<EventType | typeof testType, Told>> = {
  'meeting.scheduled': { name: 'MeetingScheduledEvent', meaning: 'A meeting was scheduled.', data: ofMeeting },
  'meeting.changed': {
    name: 'MeetingChangedEvent',
    meaning: 'Something of a meeting was changed: read it again.',
    data: ofMeeting,
  },
  'meeting.cancelled': { name: 'MeetingCancelledEvent', meaning: 'A meeting was cancelled.', data: ofMeeting },
  'meeting.started': {
    name: 'MeetingStartedEvent',
    meaning: 'The time of a meeting began, whether or not anybody came.',
    data: ofMeeting,
  },
  'meeting.ended': { name: 'MeetingEndedEvent', meaning: 'The time of a meeting ended.', data: ofMeeting },
  'participant.answered': {
    name: 'ParticipantAnsweredEvent',
    meaning: 'A participant answered, or changed their answer.',
    data: {
      meetingId,
      participantId,
      answer: described(z.enum(standings), 'What they answered.', 'accepted'),
      how: textField('By what they answered: `page`, `api`, or another way of a later release.', 'page'),
      sequence: countField('The sequence of the meeting that they answered.', 0),
    },
  },
  'delivery.failed': {
    name: 'DeliveryFailedEvent',
    meaning: 'Something could not be sent to somebody, and will not be tried again.',
    data: {
      meetingId,
      participantId: textField('The id of the participant; `organizer` for who organizes it.', '4z8q1m0x7c2v'),
      channel: textField('How it was sent: `email`, `sms`, `push`.', 'email'),
      kind: textField(
        'What it was: `invitation` (also an update or a cancellation), `reminder`, `waiting`, `unreachable`.',
        'invitation',
      ),
      sequence: z.optional(countField('Of an invitation what it tells of.', 0)),
      start: z.optional(instantField('Of what is about a start, that start.')),
      reason: z.optional(textField('Why, in one word; never an address.', 'MessageRejected')),
    },
  },
  'reminder.due': {
    name: 'ReminderDueEvent',
    meaning: 'The reminder of a meeting is due, whether or not it reaches anybody.',
    data: { ...ofMeeting, before: countField('Minutes before its start.', 10) },
  },
  [testType]: {
    name: 'TestEvent',
    meaning: 'Somebody tried the webhook. Every webhook may be sent it.',
    data: { webhookId: textField('The id of the webhook.', '8m2k4x6z0q1w3e5r7t9y2c4v6b') },
  },
};

/** The whole body that a receiver gets. */
export function eventSchema(type: EventType | typeof testType) {
  return z.strictObject({
    id: textField(
      'Derived from what happened; the same in the header `webhook-id`. Whoever has seen it has been told.',
    ),
    type: described(z.literal(type), 'What happened.', type),
    timestamp: instantField('When it happened.', '2027-02-20T10:00:00.000Z'),
    data: described(z.strictObject(toldEvents[type].data), 'Of what; later releases may say more.'),
  });
}

const allTypes = [...eventTypes, testType] as const;

/** The schemas of all events, by name. */
export const eventComponents: Components = Object.fromEntries(
  allTypes.map((type) => [
    toldEvents[type].name,
    { schema: eventSchema(type), notes: { description: toldEvents[type].meaning } },
  ]),
);

/** What receivers are called with (OpenAPI 3.1, "webhooks"). */
export function webhookDescriptions(): Record<string, object> {
  return Object.fromEntries(
    allTypes.map((type) => {
      const { name, meaning } = toldEvents[type];
      const operation = {
        summary: meaning,
        tags: ['Webhooks'],
        parameters: signatureParameters,
        requestBody: { required: true, content: { 'application/json': { schema: { $ref: referenceTo(name) } } } },
        responses: receiverReplies,
        // The receiver knows the service by its signature.
        security: [],
      };
      return [type, { post: operation }];
    }),
  );
}

const header = (name: string, description: string, example: string) => {
  const schema: JsonSchema = { type: 'string' };
  return { name, in: 'header', required: true, description, schema, example };
};

const signatureParameters = [
  header(
    'webhook-id',
    'The id of the event: the same whenever it is told again.',
    'k3v9x0q2m7c1t8r5w4z6b0n2p1-000000002',
  ),
  header(
    'webhook-timestamp',
    'When this attempt was made, in epoch seconds; refuse what is older than five minutes.',
    '1803117600',
  ),
  header(
    'webhook-signature',
    'By Standard Webhooks 1.0: `v1,` and the HMAC-SHA-256 in base64 over `id.timestamp.body`; two of them for a day after a rotation.',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
];

const receiverReplies = {
  '2XX': { description: 'It was told.' },
  410: { description: 'The receiver is gone for good: the webhook is turned off.' },
  default: {
    description:
      'It is told again, for three days; `Retry-After` is kept to, within 12 hours. Redirects are not followed.',
  },
};
