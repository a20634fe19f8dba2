import { expect, test } from 'vitest';
import type { Delivery } from '../../functions/deliveries/delivery.ts';
import { toldLately } from '../../functions/reminders/toldLately.ts';
import { meetingOf, participantOf } from '../meetings/meetings.ts';

const due = new Date('2027-03-01T09:50:00Z');
const after = (seconds: number) => new Date(due.getTime() + seconds * 1_000);
const meeting = (updated: Date) => meetingOf({ participants: [participantOf({ id: 'bob', told: 3 })], updated });
const letter = (changes: Partial<Delivery> & { updated: string }): Delivery => ({
  sk: 'DELIVERY#3#email#bob',
  state: 'sent',
  leaseUntil: 0,
  attempts: 1,
  ...changes,
});
const owed = {
  kind: 'invitation',
  meetingId: 'm',
  participantId: 'bob',
  channel: 'sms',
  sequence: 3,
  reached: false,
  to: 'hash',
} as const;

test.each([
  ['an hour after it', 3_600, true],
  ['as it is due', 0, true],
  ['just under five minutes before', -299, true],
  ['five minutes before', -300, false],
  ['an hour before', -3_600, false],
])('a letter that was sent %s: %s seconds, %s', (_, seconds, expected) => {
  const deliveries = [letter({ updated: after(seconds).toISOString() })];

  expect(toldLately(meeting(after(-9_999)), due, deliveries, []).has('bob')).toBe(expected);
});

test.each([
  ['failed', { state: 'failed' as const }],
  ['was given up', { state: 'superseded' as const }],
  ['is one before the last', { sk: 'DELIVERY#2#email#bob' }],
  ['reminds', { sk: 'DELIVERY#R2027-03-01T10:00:00.000Z#email#bob' }],
])('a letter that %s counts for nothing', (_, changes) => {
  const deliveries = [letter({ updated: due.toISOString(), ...changes })];

  expect([...toldLately(meeting(after(-9_999)), due, deliveries, [])]).toEqual([]);
});

test('what reminds the organizer is no letter to them', () => {
  const deliveries = [letter({ sk: 'DELIVERY#R2027-03-01T10:00:00.000Z#email#organizer', updated: due.toISOString() })];

  expect([...toldLately(meeting(after(-9_999)), due, deliveries, [])]).toEqual([]);
});

test('a letter on its way counts from when its change was written', () => {
  expect([...toldLately(meeting(after(-299)), due, [], [owed])]).toEqual(['bob']);
  expect([...toldLately(meeting(after(-300)), due, [], [owed])]).toEqual([]);
});
