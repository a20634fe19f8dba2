import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { accountId, arnOf } from '../assembly/place.ts';
import { readProperties } from '../assembly/properties.ts';
import type { Stack } from '../assembly/stack.ts';
import type { EventEntry } from '../events/busEvent.ts';
import type { Envelope } from './mailbox.ts';

const destination = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(false),
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }).optional(),
  }),
});

/** What becomes of a mail, and how EventBridge calls it (EventBridge events reference, "Amazon SES service events"). */
const detailTypes = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  DeliveryDelay: 'Email Delivery Delayed',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  Reject: 'Email Rejected',
} as const;

type EventType = keyof typeof detailTypes;

/** Which events a configuration set sends to the default bus, by its name. */
export type Publishing = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads where configuration sets send their events; SES knows the default bus alone. */
export function readPublishing(stack: Stack): Publishing {
  const sets = new Map<string, Set<string>>();
  for (const resource of stack.ofType('AWS::SES::ConfigurationSetEventDestination')) {
    const { ConfigurationSetName, EventDestination } = readProperties(destination, resource);
    const { Enabled, MatchingEventTypes, EventBridgeDestination } = EventDestination;
    if (!Enabled || EventBridgeDestination === undefined) continue;
    if (!EventBridgeDestination.EventBusArn.endsWith(':event-bus/default'))
      throw new Error(`${resource.name}: SES sends events to the default event bus alone`);
    const types = sets.get(ConfigurationSetName) ?? new Set<string>();
    sets.set(ConfigurationSetName, types);
    for (const type of MatchingEventTypes) types.add(plain(type));
  }
  return sets;
}

/** What SES tells of a mail that it took: every address accepts it, but for those of its mailbox simulator. */
export function mailEvents(mail: Envelope, publishing: Publishing): EventEntry[] {
  const wanted = publishing.get(mail.configurationSetName ?? '');
  if (wanted === undefined) return [];
  return mail.destinations.flatMap((recipient) =>
    eventsFor(recipient)
      .filter(({ type }) => wanted.has(plain(type)))
      .map(({ type, facts }) => entryOf(mail, recipient, type, facts)),
  );
}

/** `deliveryDelay`, `DELIVERY_DELAY` and `DeliveryDelay` are one. */
function plain(type: string): string {
  return type.replaceAll('_', '').toLowerCase();
}

interface Told {
  readonly type: EventType;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** SES developer guide, "Using the Amazon SES mailbox simulator"; a label may follow the name. */
function eventsFor(recipient: string): Told[] {
  const [, name = ''] = /^([a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(recipient.trim()) ?? [];
  const sent: Told = { type: 'Send', facts: {} };
  return [sent, ...(simulated[name.toLowerCase()] ?? [delivery])];
}

const delivery: Told = {
  type: 'Delivery',
  facts: { processingTimeMillis: 100, smtpResponse: '250 2.0.0 OK', reportingMTA: 'local.smtp-out.amazonses.com' },
};

const simulated: Readonly<Record<string, readonly Told[]>> = {
  success: [delivery],
  bounce: [bounce('Permanent', 'General', { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' })],
  complaint: [
    delivery,
    { type: 'Complaint', facts: { complaintFeedbackType: 'abuse', userAgent: 'Amazon SES Mailbox Simulator' } },
  ],
  suppressionlist: [
    bounce('Permanent', 'Suppressed', {
      status: '5.1.1',
      diagnosticCode: 'Amazon SES has suppressed sending to this address',
    }),
  ],
  // The mailbox takes the mail; what answers by itself goes to the return path, which is SES's, and counts as a soft bounce.
  ooto: [delivery, bounce('Transient', 'General', {})],
};

function bounce(bounceType: string, bounceSubType: string, recipient: Readonly<Record<string, string>>): Told {
  const action = Object.keys(recipient).length > 0 ? { action: 'failed' } : {};
  return { type: 'Bounce', facts: { bounceType, bounceSubType, recipient: { ...action, ...recipient } } };
}

/** SES developer guide, "Contents of event data that Amazon SES publishes". */
function entryOf(
  mail: Envelope,
  recipient: string,
  eventType: EventType,
  { recipient: told, ...facts }: Told['facts'],
): EventEntry {
  const timestamp = new Date().toISOString();
  const who = recipientsOf(eventType, recipient, told);
  const set = mail.configurationSetName ?? '';
  return {
    detailType: detailTypes[eventType],
    source: 'aws.ses',
    resources: [arnOf('ses', `configuration-set/${set}`)],
    detail: {
      eventType,
      mail: {
        timestamp: mail.sentAt,
        source: mail.source,
        sendingAccountId: accountId,
        messageId: mail.messageId,
        destination: mail.destinations,
        tags: {
          'ses:operation': ['SendRawEmail'],
          'ses:configuration-set': [set],
          'ses:from-domain': [mail.source.replace(/^.*@|>$/g, '')],
          ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
        },
      },
      [eventType.charAt(0).toLowerCase() + eventType.slice(1)]: {
        ...(eventType === 'Send' ? {} : { timestamp, ...who }),
        ...(eventType === 'Bounce' || eventType === 'Complaint' ? { feedbackId: randomUUID() } : {}),
        ...facts,
      },
    },
  };
}

function recipientsOf(eventType: EventType, emailAddress: string, told: unknown): Readonly<Record<string, unknown>> {
  if (eventType === 'Bounce')
    return { bouncedRecipients: [{ emailAddress, ...z.record(z.string(), z.string()).parse(told) }] };
  if (eventType === 'Complaint') return { complainedRecipients: [{ emailAddress }] };
  return { recipients: [emailAddress] };
}
