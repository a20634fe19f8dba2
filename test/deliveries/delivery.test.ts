import { describe, expect, test } from 'vitest';
import {
  actionFor,
  addressHash,
  deliveryKey,
  organizerParticipantId,
  partsOfDelivery,
  recipientOf,
} from '../../functions/deliveries/delivery.ts';
import { type Job, jobSchema } from '../../functions/deliveries/job.ts';
import type { Occasion } from '../../functions/deliveries/occasion.ts';
import type { Meeting } from '../../functions/meetings/meeting.ts';
import { meetingOf, participantOf } from '../meetings/meetings.ts';
import { jobOf, reminderJobOf, waitingJobOf } from './deliveries.ts';

const now = new Date('2027-02-15T12:00:00Z');
const bob = participantOf({ id: 'bob', email: 'bob@example.org' });
const updated = { ...bob, told: 2 };
const again = { ...bob, told: 3, invited: 3 };

describe('what a job says to its person', () => {
  const takingPart = (person = bob, changes: Partial<Meeting> = {}) =>
    meetingOf({ participants: [person], ...changes });
  const cases: [
    what: string,
    meeting: Meeting,
    occasion: number | string,
    reached: boolean,
    expected: string | undefined,
  ][] = [
    ['an invitation', takingPart(), 1, false, 'invite'],
    ['an invitation that may have come before', takingPart(), 1, true, 'invite'],
    ['a change', takingPart(updated), 2, true, 'update'],
    ['a change, to whom the invitation never came', takingPart(updated), 2, false, 'invite'],
    ['another invitation', takingPart(again), 3, true, 'invite'],
    ['a cancelled meeting', takingPart(updated, { status: 'cancelled' }), 2, true, 'cancel'],
    ['a removal', meetingOf({ removed: [updated] }), 2, true, 'cancel'],
    ['nothing: a later sequence concerns them', takingPart(updated), 1, false, undefined],
    ['nothing: the meeting is silent', takingPart(bob, { sendInvitations: false }), 1, false, undefined],
    ['nothing: it has ended', takingPart(bob, { validUntil: now }), 1, false, undefined],
    ['a reminder', takingPart(), '2027-03-01T10:00:00.000Z', false, 'remind'],
    [
      'a reminder, of a silent meeting',
      takingPart(bob, { sendInvitations: false }),
      '2027-03-01T10:00:00.000Z',
      false,
      'remind',
    ],
    ['nothing: the meeting was moved', takingPart(), '2027-03-01T09:00:00.000Z', false, undefined],
    [
      'nothing: it was cancelled',
      takingPart(bob, { status: 'cancelled' }),
      '2027-03-01T10:00:00.000Z',
      false,
      undefined,
    ],
    ['nothing: it has begun', takingPart(bob, { validSince: now }), now.toISOString(), false, undefined],
  ];

  test.each(cases)('%s', (_, meeting, occasion, reached, expected) => {
    const person = recipientOf(meeting, 'bob');
    const job =
      typeof occasion === 'number'
        ? jobOf({ meetingId: meeting.id, sequence: occasion, reached })
        : reminderJobOf({ id: meeting.id, validSince: new Date(occasion) });

    expect(person && actionFor(job, meeting, person, now)).toBe(expected);
  });

  test.each([
    ['scheduled', now, 'waiting'],
    ['scheduled', new Date('2027-03-01T10:30:00Z'), 'waiting'],
    ['scheduled', new Date('2027-03-02T10:30:00Z'), undefined],
    ['cancelled', now, undefined],
  ] as const)('that somebody waits is told of a meeting that is %s, at %s: %s', (status, at, expected) => {
    const meeting = meetingOf({ status });
    const organizer = recipientOf(meeting, organizerParticipantId);
    expect(organizer && actionFor(waitingJobOf(meeting), meeting, organizer, at)).toBe(expected);
    const moved = { ...meeting, validSince: new Date(meeting.validSince.getTime() - 60_000) };
    expect(organizer && actionFor(waitingJobOf(meeting), moved, organizer, at)).toBeUndefined();
  });

  test('a copy of the person who was taken off is told the same', () => {
    const meeting = meetingOf({ removed: [updated] });
    const job = jobOf({ meetingId: meeting.id, sequence: 2, reached: true });

    expect(actionFor(job, meeting, { ...updated, language: 'es' }, now)).toBe('cancel');
  });
});

test('a job can be for a participant, for whoever was taken off, and for the organizer', () => {
  const meeting = meetingOf({
    participants: [bob],
    removed: [participantOf({ id: 'gone' })],
    revision: 5,
    sequence: 5,
  });

  expect(recipientOf(meeting, 'bob')).toBe(bob);
  expect(recipientOf(meeting, 'gone')).toMatchObject({ id: 'gone' });
  expect(recipientOf(meeting, organizerParticipantId)).toMatchObject({ userId: 'alice-id' });
  expect(recipientOf(meeting, 'eve')).toBeUndefined();
});

const pushJob = {
  kind: 'reminder',
  meetingId: 'm',
  participantId: 'bob',
  start: '2027-03-01T10:00:00.000Z',
  channel: 'push',
  device: { userId: 'u', deviceId: 'My.phone_1-a' },
} as const;

test.each<[job: Job, sk: string, occasion: Occasion, device: string | undefined]>([
  [jobOf({ meetingId: 'm' }), 'DELIVERY#1#email#bob', { kind: 'invitation', sequence: 1 }, undefined],
  [
    jobOf({ meetingId: 'm', sequence: 17, channel: 'sms', participantId: 'carol' }),
    'DELIVERY#17#sms#carol',
    { kind: 'invitation', sequence: 17 },
    undefined,
  ],
  [
    reminderJobOf(meetingOf()),
    'DELIVERY#R2027-03-01T10:00:00.000Z#email#bob',
    { kind: 'reminder', start: new Date('2027-03-01T10:00:00Z') },
    undefined,
  ],
  [
    pushJob,
    'DELIVERY#R2027-03-01T10:00:00.000Z#push#bob#My.phone_1-a',
    { kind: 'reminder', start: new Date('2027-03-01T10:00:00Z') },
    'My.phone_1-a',
  ],
])('the key of a delivery says what it is of: %j', (job, sk, occasion, device) => {
  const { channel, participantId } = job;

  expect(deliveryKey(job).sk).toBe(sk);
  expect(partsOfDelivery({ sk })).toEqual({ occasion, channel, participantId, device });
  expect(jobSchema.parse(JSON.parse(JSON.stringify(job)))).toEqual(job);
});

test.each<[what: string, job: Record<string, unknown>]>([
  ['an invitation without its sequence', { ...jobOf({ meetingId: 'm' }), sequence: undefined }],
  ['an invitation of part of a sequence', { ...jobOf({ meetingId: 'm' }), sequence: 1.5 }],
  ['an invitation with a start', { ...jobOf({ meetingId: 'm' }), start: '2027-03-01T10:00:00.000Z' }],
  ['an invitation by push', { ...jobOf({ meetingId: 'm' }), channel: 'push' }],
  ['a reminder without its start', { ...reminderJobOf(meetingOf()), start: undefined }],
  ['a reminder of no moment', { ...reminderJobOf(meetingOf()), start: '2027-13-01T10:00:00.000Z' }],
  ['a reminder with a sequence', { ...reminderJobOf(meetingOf()), sequence: 1 }],
  ['a reminder postponed at no moment', { ...reminderJobOf(meetingOf()), postponed: { times: 1 } }],
  ['a reminder by mail to a device', { ...pushJob, channel: 'email' }],
  ['a reminder by push to no device', { ...pushJob, device: undefined }],
  ['neither', { ...jobOf({ meetingId: 'm' }), kind: 'answer' }],
])('the queue’s message is no job: %s', (_, job) => {
  expect(jobSchema.safeParse(JSON.parse(JSON.stringify(job))).success).toBe(false);
});

test('an address is known again in its meeting alone, whatever its case, and cannot be read', () => {
  const hash = addressHash('one', 'Bob@example.org');

  expect(addressHash('one', 'bob@EXAMPLE.org')).toBe(hash);
  expect(addressHash('two', 'Bob@example.org')).not.toBe(hash);
  expect(hash).toMatch(/^[\w-]{16}$/);
});
