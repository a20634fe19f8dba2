import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mails, sendingTimeMilliseconds } from '../runtime/clients.ts';
import type { RuntimeSettings } from '../runtime/settings.ts';
import { buildCalendar, type Calendar, calendarFor } from './calendar.ts';
import type { Outcome } from './deliveryStore.ts';
import { dataOf, type Letter, languageOf } from './letter.ts';
import { composeMail } from './mail.ts';
import { asciiAddress } from './mailAddress.ts';
import { calendarFacts, standingOf } from './meetingCalendar.ts';
import { type Occasion, occasionTag } from './occasion.ts';
import { renderEmail } from './templates.ts';

/**
 * Sends a letter as a mail; with its calendar file, unless it reminds of what stands in the calendar
 * already. SES knows no idempotency: where a second copy arrives, UID and SEQUENCE make one event of both.
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
        { Name: 'occasion', Value: occasionTag(occasionOf(letter)) },
        { Name: 'participant', Value: letter.person.id },
      ],
      ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
    }),
    { abortSignal: AbortSignal.timeout(sendingTimeMilliseconds) },
  );
  return { state: 'sent', ...(MessageId === undefined ? {} : { messageId: MessageId }) };
}

/** The occasion of the delivery's row. */
function occasionOf({ action, meeting, person }: Letter): Occasion {
  if (action === 'remind') return { kind: 'reminder', start: meeting.validSince };
  return { kind: 'invitation', sequence: person.told };
}

async function compose(
  letter: Letter,
  address: string,
  identity: { readonly address: string; readonly name?: string | undefined },
  settings: RuntimeSettings,
): Promise<Uint8Array> {
  const { organizer, person } = letter;
  const rendered = renderEmail({ language: languageOf(letter, settings), data: dataOf(letter, address, settings) });
  return composeMail({
    from: { name: rendered.fromName ?? identity.name, address: identity.address },
    to: { name: person.name, address },
    replyTo: organizer?.email === undefined ? undefined : { name: organizer.username, address: organizer.email },
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    calendar: letter.action === 'remind' ? undefined : await calendarPart(letter, address, settings),
    date: new Date(),
  });
}

async function calendarPart(letter: Letter, address: string, settings: RuntimeSettings) {
  const calendar = await calendarOf(letter, settings);
  return { method: calendar.method, content: calendarFor(calendar, { name: letter.person.name, email: address }) };
}

/** The calendar of the meeting that was written last: a batch of mails is mostly of one meeting. */
let latest: { key: string; calendar: Promise<Calendar> } | undefined;

function calendarOf(letter: Letter, settings: RuntimeSettings): Promise<Calendar> {
  const { meeting, calendarOrganizer: organizer, person } = letter;
  const standing = standingOf(meeting, person);
  const key = [meeting.id, meeting.revision, standing, organizer?.username, organizer?.email].join(' ');
  if (latest?.key !== key)
    latest = { key, calendar: buildCalendar(calendarFacts(meeting, organizer, standing, settings)) };
  return latest.calendar;
}
