import * as z from 'zod/mini';
import { type Occasion, parseOccasionTag } from '../occasion.ts';
import { bounceKinds, type Word } from './word.ts';

/**
 * What the rule on the default bus hands on of an event of SES, and where it stands there: no recipients, no subject, no
 * headers, no word of a server (SES developer guide, "Contents of event data that Amazon SES publishes"; EventBridge user
 * guide, "Input transformation"). What an event has not comes as empty text.
 */
export const mailEventPaths = {
  type: '$.detail.eventType',
  time: '$.time',
  meeting: '$.detail.mail.tags.meeting[0]',
  occasion: '$.detail.mail.tags.occasion[0]',
  participant: '$.detail.mail.tags.participant[0]',
  bounceType: '$.detail.bounce.bounceType',
  bounceSubtype: '$.detail.bounce.bounceSubType',
  bounceStatus: '$.detail.bounce.bouncedRecipients[0].status',
  delayStatus: '$.detail.deliveryDelay.delayedRecipients[0].status',
  complaintSubtype: '$.detail.complaint.complaintSubType',
} as const;

export const mailEventSchema = z.object({
  type: z.string(),
  time: z.pipe(
    z.iso.datetime(),
    z.transform((text) => new Date(text)),
  ),
  meeting: z.string(),
  occasion: z.string(),
  participant: z.string(),
  bounceType: z.string(),
  bounceSubtype: z.string(),
  bounceStatus: z.string(),
  delayStatus: z.string(),
  complaintSubtype: z.string(),
});

export type MailEvent = Readonly<z.output<typeof mailEventSchema>>;

/** Which delivery an event is about. */
export interface ToldDelivery {
  readonly meetingId: string;
  readonly occasion: Occasion;
  readonly participantId: string;
}

/** An id that a tag may hold. */
const idTag = /^[A-Za-z0-9_-]{1,128}$/;

/** By the tags that its mail was sent with; undefined where they are not this service's. */
export function deliveryOfEvent({ meeting, occasion, participant }: MailEvent): ToldDelivery | undefined {
  const known = parseOccasionTag(occasion);
  if (!known || !idTag.test(meeting) || !idTag.test(participant)) return undefined;
  return { meetingId: meeting, occasion: known, participantId: participant };
}

/** What SES says by an event; undefined where it is of a type that says nothing of the mail's way. */
export function wordOfEvent(event: MailEvent): Word | undefined {
  const at = event.time.toISOString();
  switch (event.type) {
    case 'Delivery':
      return { name: 'delivered', at };
    case 'DeliveryDelay':
      return { name: 'delayed', ...statusOf(event.delayStatus), at };
    case 'Bounce':
      return isOnList(event.bounceSubtype) ? { name: 'suppressed', at } : bounceOf(event, at);
    case 'Complaint':
      return { name: isOnList(event.complaintSubtype) ? 'suppressed' : 'complained', at };
    case 'Reject':
      return { name: 'rejected', at };
    default:
      return undefined;
  }
}

/** SES's list of all accounts, or the account's own: the mail was not sent at all. */
function isOnList(subtype: string): boolean {
  return subtype === 'Suppressed' || subtype === 'OnAccountSuppressionList';
}

function bounceOf({ bounceType, bounceStatus }: MailEvent, at: string): Word {
  const bounce = bounceKinds.find((kind) => kind === bounceType.toLowerCase()) ?? 'undetermined';
  return { name: 'bounced', bounce, ...statusOf(bounceStatus), at };
}

/** Whatever else a server wrote there is left out. */
function statusOf(text: string): Pick<Word, 'status'> {
  return /^[245]\.\d{1,3}\.\d{1,3}$/.test(text) ? { status: text } : {};
}
