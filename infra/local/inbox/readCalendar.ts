import ICAL from 'ical.js';

/** A calendar with one event, as a parser that this project did not write reads it. */
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
