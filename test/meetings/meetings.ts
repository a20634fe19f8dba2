import type { Meeting, Participant } from '../../functions/meetings/meeting.ts';

/** A meeting at revision 1 and sequence 1, but for what a test changes. */
export function meetingOf(changes: Partial<Meeting> = {}): Meeting {
  const validSince = changes.validSince ?? new Date('2027-03-01T10:00:00Z');
  return {
    id: 'meeting00000000000000000',
    key: 'key0000000000000',
    seal: 'seal0000000000000000000000',
    organizerId: 'alice-id',
    organizer: { username: 'alice', email: 'alice@example.org' },
    name: 'Planning',
    timeZone: 'Europe/Madrid',
    validSince,
    validUntil: new Date(validSince.getTime() + 3_600_000),
    participants: [],
    removed: [],
    sendInvitations: true,
    lobby: false,
    status: 'scheduled',
    revision: 1,
    sequence: 1,
    created: new Date('2027-02-01T10:00:00Z'),
    updated: new Date('2027-02-01T10:00:00Z'),
    ...changes,
  };
}

/** A participant who was invited at revision 1 and sequence 1. */
export function participantOf(changes: Partial<Participant> & { id: string }): Participant {
  return { told: 1, invited: 1, ...changes };
}
