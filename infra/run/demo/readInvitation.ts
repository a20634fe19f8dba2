import ICAL from 'ical.js';
import PostalMime, { type Address } from 'postal-mime';

/** A mail as a mail program and a calendar program read it: by parsers that this project did not write. */
export interface ReadInvitation {
  readonly from: string;
  readonly to: string;
  readonly replyTo: string | undefined;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The content types of the parts, in their order. */
  readonly attachments: readonly string[];
  readonly calendar: ReadCalendar | undefined;
}

export interface ReadCalendar {
  readonly source: string;
  readonly method: string;
  readonly uid: string;
  readonly sequence: number;
  readonly status: string | undefined;
  readonly summary: string;
  readonly description: string | undefined;
  readonly url: string | undefined;
  readonly location: string | undefined;
  readonly organizer: string | undefined;
  readonly organizerName: string | undefined;
  readonly attendees: readonly string[];
  readonly start: Date;
  readonly end: Date;
  readonly stamp: Date;
}

export async function readInvitation(raw: Uint8Array): Promise<ReadInvitation> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const file = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  return {
    from: written(mail.from),
    to: (mail.to ?? []).map(written).join(', '),
    replyTo: mail.replyTo?.map(written).join(', '),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map(({ mimeType, filename }) => `${mimeType} ${filename ?? 'inline'}`),
    calendar: file && readCalendar(String(file.content)),
  };
}

/** @throws where it is no calendar with one event */
export function readCalendar(source: string): ReadCalendar {
  const calendar = new ICAL.Component(ICAL.parse(source));
  const component = calendar.getFirstSubcomponent('vevent');
  if (!component) throw new Error('The calendar holds no event');
  const event = new ICAL.Event(component);
  const text = (name: string) => component.getFirstPropertyValue(name)?.toString();
  const organizer = component.getFirstProperty('organizer');
  return {
    source,
    method: calendar.getFirstPropertyValue('method')?.toString() ?? '',
    uid: event.uid,
    sequence: event.sequence,
    status: text('status'),
    summary: event.summary,
    description: text('description'),
    url: text('url'),
    location: text('location'),
    organizer: organizer?.getFirstValue()?.toString(),
    organizerName: organizer?.getFirstParameter('cn'),
    attendees: event.attendees.map((attendee) => String(attendee.getFirstValue())),
    start: event.startDate.toJSDate(),
    end: event.endDate.toJSDate(),
    stamp: new Date(text('dtstamp') ?? Number.NaN),
  };
}

function written(address: Address | undefined): string {
  if (!address) return '';
  return address.name ? `${address.name} <${address.address}>` : (address.address ?? '');
}
