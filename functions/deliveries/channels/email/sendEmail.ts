import { nameOf } from '../../../users/user.ts';
import { buildCalendar, type Calendar, calendarFor } from '../../calendar/calendar.ts';
import { calendarFacts, organizerCalendarFacts, standingOf } from '../../calendar/meetingCalendar.ts';
import type { Outcome } from '../../deliveryStore.ts';
import { languageOf, type Message, templateDataOf } from '../../message.ts';
import { type Occasion, occasionTag } from '../../occasion.ts';
import type { SenderTools, Sending } from '../sender.ts';
import { composeMail } from './composeMail.ts';
import { email } from './email.ts';
import { asciiAddress, mailableAddress } from './mailAddress.ts';

/** A mail as SES is given it. */
export interface RawMail {
  readonly source: string;
  /** The one address that it goes to, in ASCII: named here, so that no header can add a recipient. */
  readonly destination: string;
  /** As it travels (RFC 5322). */
  readonly data: Uint8Array;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | undefined;
}

interface MailTools extends Pick<SenderTools, 'settings' | 'render' | 'renderToOrganizer'> {
  /** @returns the id that SES gave it */
  sendRawMail(mail: RawMail): Promise<string | undefined>;
}

/**
 * Sends a message as a mail; with its calendar file, unless it reminds of what stands in the calendar
 * already. SES knows no idempotency: where a second copy arrives, UID and SEQUENCE make one event of both.
 */
export async function sendEmail(
  address: string,
  { message, now }: Pick<Sending, 'message' | 'now'>,
  tools: MailTools,
): Promise<Outcome> {
  const { mailIdentity, configurationSet } = tools.settings;
  if (!mailIdentity) return { state: 'failed', reason: 'email-not-available' };
  const messageId = await tools.sendRawMail({
    source: mailIdentity.address,
    destination: asciiAddress(address),
    data: await compose(message, address, mailIdentity, now, tools),
    tags: {
      meeting: message.meeting.id,
      occasion: occasionTag(occasionOf(message)),
      participant: message.person.id,
    },
    configurationSet,
  });
  return { state: 'sent', ...(messageId === undefined ? {} : { messageId }) };
}

/** The occasion of the delivery's row. */
function occasionOf({ action, meeting, person }: Message): Occasion {
  if (action === 'remind') return { kind: 'reminder', start: meeting.validSince };
  if (action === 'waiting') return { kind: 'waiting', start: meeting.validSince };
  if (action === 'unreachable') return { kind: 'unreachable' };
  return { kind: 'invitation', sequence: person.told };
}

async function compose(
  message: Message,
  address: string,
  identity: { readonly address: string; readonly name?: string | undefined },
  now: Date,
  { settings, render, renderToOrganizer }: MailTools,
): Promise<Uint8Array> {
  const { person } = message;
  // Whose address takes no mail is as one without: nobody is asked for an answer that cannot arrive.
  const organizer = message.organizer && { ...message.organizer, email: mailableAddress(message.organizer.email) };
  const data = templateDataOf({ ...message, organizer }, address, settings);
  const renderFor = message.invited ? renderToOrganizer : render;
  const rendered = renderFor(email, { language: languageOf(message, settings), data, now });
  const answersTo = message.invited ? undefined : organizer?.email;
  return composeMail({
    from: { name: rendered.sender ?? identity.name, address: identity.address },
    to: { name: person.name, address },
    replyTo: organizer && answersTo !== undefined ? { name: nameOf(organizer), address: answersTo } : undefined,
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    calendar:
      occasionOf(message).kind === 'invitation'
        ? await calendarPart(message, { to: address, from: identity.address }, settings)
        : undefined,
    date: now,
  });
}

/** The addresses of a mail. */
interface Way {
  readonly from: string;
  readonly to: string;
}

async function calendarPart(message: Message, { from, to }: Way, settings: SenderTools['settings']) {
  const calendar = await calendarOf(message, from, settings);
  const { person, personalUrl, standing } = message;
  const content = calendarFor(calendar, {
    name: person.name,
    email: to,
    url: personalUrl,
    required: person.required,
    standing,
  });
  return { method: calendar.method, content };
}

/** The calendar of the meeting that was written last: a batch of mails is mostly of one meeting. */
let latest: { readonly key: string; readonly calendar: Promise<Calendar> } | undefined;

function calendarOf(message: Message, from: string, settings: SenderTools['settings']): Promise<Calendar> {
  const { meeting, calendarOrganizer: organizer, person, invited } = message;
  const standing = standingOf(meeting, person);
  if (invited) return buildCalendar(organizerCalendarFacts(meeting, standing, settings, from));
  const key = [meeting.id, meeting.revision, standing, organizer?.username, organizer?.email].join(' ');
  if (latest?.key !== key)
    latest = { key, calendar: buildCalendar(calendarFacts(meeting, organizer, standing, settings)) };
  return latest.calendar;
}
