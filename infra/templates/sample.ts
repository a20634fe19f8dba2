import { type Action, type TemplateFacts, templateData } from '../../functions/deliveries/templateData.ts';

export const actions: readonly Action[] = ['invite', 'update', 'cancel', 'remind'];

/** What the templates are tried with: a name of 40 characters, a link as long as short ones are. */
const facts: Omit<TemplateFacts, 'action' | 'party' | 'meeting'> & {
  meeting: Omit<TemplateFacts['meeting'], 'status'>;
} = {
  recipientId: 'p1',
  organizer: {
    id: '3f2a9c51-7d0e-4b86-9a1f-5c64e8d2b7a0',
    domain: 'example.org',
    username: 'alice',
    email: 'alice@example.org',
    created: new Date('2025-09-01T08:00:00Z'),
    lastLogin: new Date('2026-03-11T16:20:00Z'),
    role: 'user',
    capabilities: ['meetings'],
    mobilePhone: '+34600000001',
    landLineNumber: '+34910000001',
    alias: 'alice',
  },
  meeting: {
    name: 'Weekly review of the northern team plans',
    description: 'What is done, what is next, what is in the way.\nBring your numbers.',
    language: 'en',
    timeZone: 'Europe/Madrid',
    validSince: new Date('2026-03-12T09:00:00Z'),
    validUntil: new Date('2026-03-12T10:00:00Z'),
    url: 'https://bit.ly/4aBcDeF',
    ddi: { extension: '+34999999999', pin: '123456789' },
    participants: [
      {
        id: 'p1',
        name: 'Bob',
        userId: '8d1e6f70-2b3c-4d5e-8f90-a1b2c3d4e5f6',
        email: 'bob@example.org',
        phone: '+34600000002',
      },
      { id: 'p2', name: 'Carol' },
    ],
  },
};

/** What a template is given for the sample meeting. */
export function sampleData(channel: 'email' | 'sms', action: Action) {
  const party = channel === 'email' ? 'bob@example.org' : '+34600000002';
  const status = action === 'cancel' ? 'cancelled' : 'scheduled';
  return templateData({ ...facts, meeting: { ...facts.meeting, status }, party, action });
}
