import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { linkOf } from '../meetings/link.ts';
import type { Meeting, Participant } from '../meetings/meeting.ts';
import { mails, sendingTimeMilliseconds } from '../runtime/clients.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import { buildCalendar, type Calendar, calendarFor, type Standing } from './calendar.ts';
import type { Outcome } from './deliveryStore.ts';
import { dataOf, type Letter, languageOf } from './letter.ts';
import { composeMail } from './mail.ts';
import { asciiAddress } from './mailAddress.ts';
import { renderEmail } from './templates.ts';

/**
 * Sends a letter as a mail with its calendar file. SES knows no idempotency: where a second copy
 * arrives, UID and SEQUENCE make one event of both.
 */
export async function sendEmail(letter: Letter, address: string, settings: RuntimeSettings): Promise<Outcome> {
  const { mailIdentity, configurationSet } = settings;
  if (!mailIdentity) return { state: 'failed', reason: 'email-not-available' };
  const { MessageId } = await mails().send(
    new SendRawEmailCommand({
      Source: mailIdentity.address,
      // Named here, so that no header can add a recipient.
      Destinations: [asciiAddress(address)],
      RawMessage: { Data: await compose(letter, address, mailIdentity, settings) },
      Tags: [
        { Name: 'meeting', Value: letter.meeting.id },
        { Name: 'version', Value: String(letter.meeting.version) },
        { Name: 'participant', Value: letter.person.id },
      ],
      ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
    }),
    { abortSignal: AbortSignal.timeout(sendingTimeMilliseconds) },
  );
  return { state: 'sent', ...(MessageId === undefined ? {} : { messageId: MessageId }) };
}

async function compose(
  letter: Letter,
  address: string,
  identity: { readonly address: string; readonly name?: string | undefined },
  settings: RuntimeSettings,
): Promise<Uint8Array> {
  const { organizer, person } = letter;
  const rendered = renderEmail({ language: languageOf(letter, settings), data: dataOf(letter, address, settings) });
  const calendar = await calendarOf(letter, settings);
  return composeMail({
    from: { name: rendered.fromName ?? identity.name, address: identity.address },
    to: { name: person.name, address },
    replyTo: organizer?.email === undefined ? undefined : { name: organizer.username, address: organizer.email },
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    calendar: { method: calendar.method, content: calendarFor(calendar, { name: person.name, email: address }) },
    date: new Date(),
  });
}

/** The calendar of the meeting that was written last: a batch of mails is mostly of one meeting. */
let latest: { key: string; calendar: Promise<Calendar> } | undefined;

function calendarOf(letter: Letter, settings: RuntimeSettings): Promise<Calendar> {
  const { meeting, organizer, person } = letter;
  const standing = standingOf(meeting, person);
  const key = [meeting.id, meeting.version, standing, organizer?.username, organizer?.email].join(' ');
  if (latest?.key !== key) latest = { key, calendar: buildCalendar(calendarFacts(letter, standing, settings)) };
  return latest.calendar;
}

function calendarFacts({ meeting, organizer }: Letter, standing: Standing, settings: RuntimeSettings) {
  return {
    id: meeting.id,
    domain: settings.domain,
    sequence: meeting.version - 1,
    standing,
    stamp: meeting.updated,
    name: meeting.name,
    description: meeting.description,
    url: linkOf(meeting, settings),
    ddi: settings.pstnExtension === undefined ? undefined : { extension: settings.pstnExtension },
    validSince: meeting.validSince,
    validUntil: meeting.validUntil,
    organizer: { name: organizer?.username ?? meeting.organizerId, email: organizer?.email },
  };
}

function standingOf(meeting: Meeting, person: Participant): Standing {
  if (meeting.status === 'cancelled') return 'cancelled';
  return meeting.removed.includes(person) ? 'removed' : 'confirmed';
}
