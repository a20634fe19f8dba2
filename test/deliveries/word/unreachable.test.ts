import { expect, test } from 'vitest';
import { addressChannels } from '../../../functions/deliveries/channels/channels.ts';
import type { Delivery } from '../../../functions/deliveries/delivery.ts';
import { namesOf, unreachableJobs, unreachablePeople } from '../../../functions/deliveries/word/unreachable.ts';
import type { Word } from '../../../functions/deliveries/word/word.ts';
import type { User } from '../../../functions/users/user.ts';
import { meetingOf, participantOf } from '../../meetings/meetings.ts';

const ana = participantOf({ id: 'ana', name: 'Ana', email: 'ana@example.org' });
const bob = participantOf({ id: 'bob', email: 'bob@example.org' });
const carol = participantOf({ id: 'carol', userId: 'carol-id' });
const meeting = meetingOf({ participants: [ana, bob, carol] });

const first = '2027-03-01T08:00:00.000Z';
const second = '2027-03-01T08:10:00.000Z';

function mail(participantId: string, name: Word['name'] | undefined, at = first, occasion = '1'): Delivery {
  const word = name && { name, at, ...(name === 'bounced' ? { bounce: 'permanent' as const } : {}) };
  const sk = `DELIVERY#${occasion}#email#${participantId}`;
  return { sk, state: 'sent', leaseUntil: 0, attempts: 1, updated: first, word };
}

const unreachable = (...deliveries: Delivery[]) => unreachablePeople(meeting, deliveries).map(({ id }) => id);

test('whom no mail reaches is who takes part and whose last one did not come', () => {
  expect(unreachable(mail('ana', 'bounced'), mail('bob', 'suppressed'), mail('carol', 'rejected'))).toEqual([
    'ana',
    'bob',
    'carol',
  ]);
  expect(unreachable(mail('ana', 'delivered'), mail('bob', 'complained'), mail('carol', 'delayed'))).toEqual([]);
  expect(unreachable(mail('ana', undefined), mail('gone', 'bounced'), mail('organizer', 'bounced'))).toEqual([]);
  expect(unreachable(mail('ana', 'bounced'), mail('ana', 'delivered', second, '2'))).toEqual([]);
  expect(unreachable(mail('ana', 'delivered', second, '2'), mail('ana', 'bounced'))).toEqual([]);
  expect(unreachable(mail('ana', 'delivered'), mail('ana', 'bounced', second, '2'))).toEqual(['ana']);
});

test('they are called by their name, else by their address, else as the directory does', async () => {
  const user = { id: 'carol-id', username: 'carol', enteredName: 'Carol Díaz' } as User;
  const users = { findReadable: async (id: string) => (id === 'carol-id' ? user : undefined) };
  expect(await namesOf([ana, bob, carol], users)).toEqual(['Ana', 'bob@example.org', 'Carol Díaz']);
  expect(await namesOf([participantOf({ id: 'p1', userId: 'gone-id' })], users)).toEqual(['p1']);
});

test('the organizer is told by mail, once what else comes back has been gathered, where they have an address', () => {
  const organizer = { id: 'alice-id', username: 'alice', email: 'alice@example.org' } as User;
  const channels = addressChannels.filter(({ tellsOfUnreachable }) => tellsOfUnreachable);
  expect(unreachableJobs(meeting, { channels, organizer })).toEqual([
    { kind: 'unreachable', meetingId: meeting.id, participantId: 'organizer', channel: 'email', waitSeconds: 600 },
  ]);
  expect(unreachableJobs(meeting, { channels, organizer: { ...organizer, email: undefined } })).toEqual([]);
});
