import type { TemplateFacts } from '../../../functions/deliveries/templates/templateData.ts';

/** Facts in which every value is another, so that a template that shows the wrong one is caught. */
export const facts: TemplateFacts = {
  party: 'bob@example.com',
  recipientId: 'p1',
  action: 'invite',
  brand: { brandName: 'Vidal & Ros', brandColor: '#0b5d3b' },
  organizer: {
    id: 'u-ana',
    domain: 'wac',
    username: 'ana',
    name: 'Ana Font',
    email: 'ana@example.org',
    created: new Date('2020-02-03T04:05:06Z'),
    lastLogin: new Date('2026-01-02T03:04:05Z'),
    role: 'admin',
    capabilities: ['meetings', 'dial-in'],
    mobilePhone: '+34600111222',
    landLineNumber: '+34910111222',
    alias: 'the-boss',
  },
  meeting: {
    name: 'Plans & numbers',
    status: 'scheduled',
    description: 'First <b>line</b>\nSecond line',
    language: 'es',
    timeZone: 'Europe/Madrid',
    validSince: new Date('2026-07-01T10:00:00Z'),
    validUntil: new Date('2026-07-01T11:30:00Z'),
    url: 'https://meetings.example.org/m/abc.def',
    personalUrl: 'https://meetings.example.org/m/abc.def~p1.ghi',
    answerUrl: 'https://meetings.example.org/m/abc.def~p1.jkl',
    ddi: { extension: '+34999999999', pin: '123456789' },
    invited: { people: ['Carol', 'dan@example.com'], more: 17 },
    unreachable: ['Bob', 'carol@example.org'],
    participants: [
      { id: 'p1', name: 'Bob', email: 'bob@example.com', phone: '+34600333444' },
      { id: 'p2', name: 'Carol', userId: 'u-carol', email: 'carol@example.com', phone: '+34600555666' },
      { id: 'p3', userId: 'u-dan', email: 'dan@example.com' },
    ],
  },
};
