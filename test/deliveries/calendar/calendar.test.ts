import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import {
  type Attendee,
  buildCalendar,
  type CalendarFacts,
  calendarFile,
  calendarFor,
} from '../../../functions/deliveries/calendar/calendar.ts';
import { bob, meeting } from './calendarFacts.ts';

async function written(facts: Partial<CalendarFacts> = {}, attendee: Attendee = bob) {
  return calendarFor(await buildCalendar({ ...meeting, ...facts }), attendee);
}

/** As a calendar program reads it: with a parser that we did not write. */
function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const [event] = calendar.getAllSubcomponents('vevent');
  if (!event) throw new Error('there is no event');
  return { calendar, event, value: (name: string) => String(event.getFirstPropertyValue(name)) };
}

describe('an invitation', () => {
  it('says whether its recipient needs to come', async () => {
    const roleIn = (file: string) => read(file).event.getFirstProperty('attendee')?.getParameter('role');
    expect(roleIn(await written({}, bob))).toBe('REQ-PARTICIPANT');
    expect(roleIn(await written({}, { ...bob, required: true }))).toBe('REQ-PARTICIPANT');
    expect(roleIn(await written({}, { ...bob, required: false }))).toBe('OPT-PARTICIPANT');
  });

  it('says all that the manual names, as a calendar program reads it', async () => {
    const file = await written();
    const { calendar, value } = read(file);
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('prodid')).toBe('-//meetings-and-public-rooms//EN');
    expect(value('uid')).toBe('k2x9@meetings.example.org');
    expect(value('sequence')).toBe('3');
    expect(value('status')).toBe('CONFIRMED');
    expect(value('summary')).toBe(meeting.name);
    expect(value('url')).toBe(meeting.url);
    expect(value('location')).toBe(meeting.url);
    expect(value('description')).toBe(`${meeting.description}\n\n${meeting.url}\n\n+34999999999 (PIN 123456789)`);
    expect(['dtstamp', 'dtstart', 'dtend'].map(value)).toEqual([
      '2026-06-01T08:09:10Z',
      '2026-07-01T10:00:00Z',
      '2026-07-01T11:30:15Z',
    ]);
    expect(file).toContain('\r\nDTSTART:20260701T100000Z\r\nDTEND:20260701T113015Z\r\n');
  });

  it('names its organizer and one attendee, who is asked to answer', async () => {
    const { event, value } = read(await written());
    expect(value('organizer')).toBe('mailto:ana@example.org');
    expect(event.getFirstProperty('organizer')?.getFirstParameter('cn')).toBe('ana');
    const attendees = event.getAllProperties('attendee');
    expect(attendees).toHaveLength(1);
    expect(attendees[0]?.getFirstValue()).toBe('mailto:bob@example.com');
    expect(attendees[0]?.toJSON()[1]).toEqual({
      cn: 'Bob',
      role: 'REQ-PARTICIPANT',
      partstat: 'NEEDS-ACTION',
      rsvp: 'TRUE',
    });
  });

  it('stands before the event with its method, and ends every line with CRLF', async () => {
    const file = await written();
    expect(file.indexOf('METHOD:REQUEST\r\n')).toBeLessThan(file.indexOf('BEGIN:VEVENT'));
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(file.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true);
    expect(file).not.toContain('X-PUBLISHED-TTL');
  });

  it('names none@example.org where the organizer has no address', async () => {
    expect(read(await written({ organizer: { name: 'ana' } })).value('organizer')).toBe('mailto:none@example.org');
  });

  it('calls an attendee without a name by their address', async () => {
    const { event } = read(await written({}, { email: 'bob@example.com' }));
    expect(event.getFirstProperty('attendee')?.getFirstParameter('cn')).toBe('bob@example.com');
  });

  it('says only the link where there is no description and no number', async () => {
    const { value } = read(await written({ description: undefined, ddi: undefined }));
    expect(value('description')).toBe(meeting.url);
  });

  it('is the same but for the attendee', async () => {
    const calendar = await buildCalendar(meeting);
    const [one, other] = [calendarFor(calendar, bob), calendarFor(calendar, { name: 'Eva', email: 'eva@example.com' })];
    expect(other.replace('Eva', 'Bob').replace('eva@', 'bob@')).toBe(one);
    expect(other).not.toContain('bob@');
  });
});

describe('a cancellation', () => {
  it('cancels the meeting, by the same UID', async () => {
    const { calendar, value } = read(await written({ standing: 'cancelled', sequence: 4 }));
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect([value('status'), value('uid'), value('sequence')]).toEqual(['CANCELLED', 'k2x9@meetings.example.org', '4']);
  });

  it('leaves the meeting as it is for one person taken off it', async () => {
    const { calendar, event } = read(await written({ standing: 'removed' }));
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(event.hasProperty('status')).toBe(false);
    expect(event.getFirstPropertyValue('attendee')).toBe('mailto:bob@example.com');
  });
});

it('is a file to import, without a method, an attendee or a question', async () => {
  const file = calendarFile(await buildCalendar(meeting));
  const { calendar, event, value } = read(file);
  expect(calendar.hasProperty('method')).toBe(false);
  expect(event.hasProperty('attendee')).toBe(false);
  expect(value('summary')).toBe(meeting.name);
});

const hostile = 'Ünï, "cöde"; \\ 会议 🎉';

describe('what people type', () => {
  it('arrives as it was typed', async () => {
    const { event, value } = read(
      await written(
        { name: hostile, description: `${hostile}\n${hostile}`, organizer: { name: hostile } },
        { ...bob, name: hostile },
      ),
    );
    expect(value('summary')).toBe(hostile);
    expect(value('description')).toContain(`${hostile}\n${hostile}\n\nhttps://`);
    const names = ['organizer', 'attendee'].map((name) => event.getFirstProperty(name)?.getFirstParameter('cn'));
    expect(names).toEqual([hostile.replaceAll('"', "'"), hostile.replaceAll('"', "'")]);
  });

  it('is cut where it is too long', async () => {
    const { event, value } = read(
      await written({ name: '会'.repeat(300), description: 'x'.repeat(9_000), organizer: { name: 'y'.repeat(300) } }),
    );
    expect(value('summary')).toBe(`${'会'.repeat(199)}…`);
    expect(value('description').length).toBeLessThan(2_200);
    expect(event.getFirstProperty('organizer')?.getFirstParameter('cn')).toBe(`${'y'.repeat(99)}…`);
  });

  it('adds no line, whatever it is', async () => {
    const injection = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom(
        'a\r\nATTENDEE:mailto:eve@example.com',
        'a\nMETHOD:CANCEL',
        'a\rEND:VEVENT',
        '"\r\nX:',
        'a\u2028b\u0085c\u000bd',
        '^n^\'"',
        '👩‍👩‍👧‍👦'.repeat(20),
      ),
    );
    await fc.assert(
      fc.asyncProperty(injection, injection, injection, injection, async (name, description, organizer, attendee) => {
        const file = await written({ name, description, organizer: { name: organizer } }, { ...bob, name: attendee });
        for (const line of file.slice(0, -2).split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
        }
        const { calendar, event } = read(file);
        expect(calendar.getAllSubcomponents()).toHaveLength(1);
        expect(
          event
            .getAllProperties()
            .map((property) => property.name)
            .sort(),
        ).toEqual([
          'attendee',
          'description',
          'dtend',
          'dtstamp',
          'dtstart',
          'location',
          'organizer',
          'sequence',
          'status',
          'summary',
          'uid',
          'url',
        ]);
        expect(event.getFirstPropertyValue('attendee')).toBe('mailto:bob@example.com');
      }),
      { numRuns: 60 },
    );
  });

  it('escapes what an address holds of a URI’s signs, and refuses what is none', async () => {
    const { value } = read(await written({}, { email: "o'hara+a%b/c?d&e@bücher.example" }));
    expect(value('attendee')).toBe("mailto:o'hara+a%25b%2Fc%3Fd%26e@xn--bcher-kva.example");
    await expect(written({}, { email: 'a@b.c\r\nX:y' })).rejects.toThrow('not an address');
  });
});

it.each([
  ['ana@example.org', 'RSVP=TRUE'],
  [undefined, 'RSVP=FALSE'],
])('where the organizer has the address %s the recipient is asked by %s', async (email, rsvp) => {
  const calendar = await buildCalendar({ ...meeting, organizer: { name: 'ana', email } });
  const file = calendarFor(calendar, { name: 'Bob', email: 'bob@example.com' }).replaceAll('\r\n ', '');

  expect(file).toContain(
    `ATTENDEE;CN="Bob";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;${rsvp}:mailto:bob@example.com\r\n`,
  );
});
