import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { calendarFile } from '../../functions/pages/room/calendar/calendarFile.ts';

const entry = {
  uid: 'abc@meet.example.org',
  name: 'Reunió; “spring”, \\ 会议 🎉 with a name that is longer than seventy-five octets',
  url: 'https://meet.example.org/m/abc.key',
  sequence: 3,
  organizer: 'alice',
  validSince: new Date('2027-03-01T09:30:00Z'),
  validUntil: new Date('2027-03-01T10:30:00Z'),
};

test('is read by another’s parser as what it was made of', () => {
  const file = calendarFile(entry, new Date('2027-02-01T00:00:00Z'));
  const event = new ICAL.Event(new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent('vevent') ?? undefined);
  expect({ uid: event.uid, summary: event.summary, location: event.location }).toEqual({
    uid: entry.uid,
    summary: entry.name,
    location: entry.url,
  });
  expect(event.startDate.toJSDate()).toEqual(entry.validSince);
  expect(event.endDate.toJSDate()).toEqual(entry.validUntil);
});

test('has the organizer and the SEQUENCE that a published event has', () => {
  const file = calendarFile(entry, new Date());
  expect(file).toContain('\r\nSEQUENCE:3\r\nORGANIZER;CN="alice":mailto:none@example.org\r\n');
  expect(calendarFile({ ...entry, organizer: undefined }, new Date())).toContain(
    '\r\nORGANIZER:mailto:none@example.org\r\n',
  );
});

test('has lines of at most 75 octets that end as RFC 5545 wants them', () => {
  const file = calendarFile(entry, new Date());
  const lines = file.split('\r\n');
  expect(lines.at(-1)).toBe('');
  expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line))).toBe(true);
});

test('cannot be given another line by a name', () => {
  const file = calendarFile({ ...entry, name: 'x\r\nATTENDEE:mailto:eve@example.org' }, new Date());
  expect(file).not.toMatch(/^ATTENDEE/m);
});
