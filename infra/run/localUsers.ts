import type { LocalUser } from '../local/tokens/localUsers.ts';

/** Who can call the service on this machine: one with every capability, one with none. */
export const localUsers: readonly LocalUser[] = [
  {
    subject: '0a11ce00-0000-4000-8000-000000000001',
    username: 'alice',
    name: 'Alice',
    email: 'alice@example.org',
    phoneNumber: '+34600000001',
    capabilities: ['admin', 'meetings'],
  },
  {
    subject: '00000b0b-0000-4000-8000-000000000002',
    username: 'bob',
    name: 'Bob',
    email: 'bob@example.org',
    capabilities: [],
  },
];
