import type { CalendarFacts } from '../../../functions/deliveries/calendar/calendar.ts';

/** A meeting whose texts hold what RFC 5545 escapes. */
export const meeting: CalendarFacts = {
  id: 'k2x9',
  domain: 'meetings.example.org',
  sequence: 3,
  standing: 'confirmed',
  stamp: new Date('2026-06-01T08:09:10Z'),
  name: 'Plans; numbers, and more',
  description: 'First line\nSecond, line; of \\ text',
  url: 'https://meetings.example.org/m/k2x9.secret',
  ddi: { extension: '+34999999999', pin: '123456789' },
  validSince: new Date('2026-07-01T10:00:00Z'),
  validUntil: new Date('2026-07-01T11:30:15Z'),
  organizer: { name: 'ana', email: 'ana@example.org' },
};
/** Who is invited to it. */
export const bob = { name: 'Bob', email: 'bob@example.com' };
