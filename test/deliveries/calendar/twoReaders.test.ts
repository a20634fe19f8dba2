import fc from 'fast-check';
import ICAL from 'ical.js';
import ical from 'node-ical';
import { describe, expect, it } from 'vitest';
import { buildCalendar, calendarFile, calendarFor } from '../../../functions/deliveries/calendar/calendar.ts';
import { bob, meeting } from './calendarFacts.ts';

/** What calendar programs hold of an event. */
interface Read {
  readonly method: string;
  readonly uid: string;
  readonly sequence: string;
  readonly status: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly url: string;
  readonly start: string;
  readonly end: string;
  readonly organizer: string;
  readonly attendee: string;
}

function readByIcalJs(file: string): Read {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const [event] = calendar.getAllSubcomponents('vevent');
  const value = (name: string) => event?.getFirstPropertyValue(name)?.toString() ?? '';
  return {
    method: calendar.getFirstPropertyValue('method')?.toString() ?? '',
    uid: value('uid'),
    sequence: value('sequence'),
    status: value('status'),
    summary: value('summary'),
    description: value('description'),
    location: value('location'),
    url: value('url'),
    start: value('dtstart'),
    end: value('dtend'),
    organizer: value('organizer'),
    attendee: value('attendee'),
  };
}

function readByNodeIcal(file: string): Read {
  const calendar = ical.sync.parseICS(file);
  const event = Object.values(calendar).find((part) => part?.type === 'VEVENT');
  if (event?.type !== 'VEVENT') throw new Error('There is no event');
  const text = (value: unknown): string =>
    typeof value === 'object' && value !== null ? String(Reflect.get(value, 'val') ?? '') : String(value ?? '');
  const instant = (date: Date | undefined) => (date?.toISOString() ?? '').replace('.000', '');
  return {
    method: text(event.method),
    uid: text(event.uid),
    sequence: text(event.sequence),
    status: text(event.status),
    summary: text(event.summary),
    description: text(event.description),
    location: text(event.location),
    url: text(event.url),
    start: instant(event.start),
    end: instant(event.end),
    organizer: text(event.organizer),
    attendee: text(Reflect.get(event, 'attendee')),
  };
}

const expected: Read = {
  method: 'REQUEST',
  uid: 'k2x9@meetings.example.org',
  sequence: '3',
  status: 'CONFIRMED',
  summary: 'Plans; numbers, and more',
  description:
    'First line\nSecond, line; of \\ text\n\nhttps://meetings.example.org/m/k2x9.secret\n\n+34999999999 (PIN 123456789)',
  location: meeting.url,
  url: meeting.url,
  start: '2026-07-01T10:00:00Z',
  end: '2026-07-01T11:30:15Z',
  organizer: 'mailto:ana@example.org',
  attendee: 'mailto:bob@example.com',
};

describe.each([
  ['ical.js', readByIcalJs],
  ['node-ical', readByNodeIcal],
])('%s reads', (_, read) => {
  it('an invitation', async () => {
    expect(read(calendarFor(await buildCalendar(meeting), bob))).toEqual(expected);
  });

  it('a cancellation, and that somebody was taken off', async () => {
    const cancelled = { ...expected, method: 'CANCEL', status: 'CANCELLED', sequence: '4' };
    const standing = { sequence: 4, standing: 'cancelled' } as const;
    expect(read(calendarFor(await buildCalendar({ ...meeting, ...standing }), bob))).toMatchObject(cancelled);
    const removed = await buildCalendar({ ...meeting, sequence: 4, standing: 'removed' });
    expect(read(calendarFor(removed, bob))).toMatchObject({ ...cancelled, status: '' });
  });

  it('a file to import', async () => {
    const file = calendarFile(await buildCalendar(meeting));
    expect(read(file)).toEqual({ ...expected, method: '', organizer: '', attendee: '' });
  });

  it('what people typed, as they typed it', async () => {
    const typed = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .map((text) =>
        text
          .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '')
          .replaceAll(/\s+/gu, ' ')
          .trim(),
      )
      .filter((text) => text !== '');
    await fc.assert(
      fc.asyncProperty(typed, typed, async (name, description) => {
        const calendar = await buildCalendar({ ...meeting, name, description, ddi: undefined });
        const { summary, ...rest } = read(calendarFor(calendar, bob));
        expect(summary).toBe(name);
        expect(rest.description).toBe(`${description}\n\n${meeting.url}`);
        expect(rest.attendee).toBe(expected.attendee);
      }),
    );
  });
});
