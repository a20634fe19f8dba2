import { describe, expect, test } from 'vitest';
import { addressChannelNamed } from '../../functions/deliveries/channels/channels.ts';
import { addressHash, type Delivery, organizerAddressHash } from '../../functions/deliveries/delivery.ts';
import type { InvitationJob } from '../../functions/deliveries/job.ts';
import { historyOf, owedJobs } from '../../functions/deliveries/plan.ts';
import { type Addresses, addressesOf } from '../../functions/meetings/attendees.ts';
import type { Meeting, Participant } from '../../functions/meetings/meeting.ts';
import { meetingOf, participantOf } from '../meetings/meetings.ts';

const now = new Date('2027-02-15T12:00:00Z');
const bob = participantOf({ id: 'bob', email: 'bob@example.org' });
const both = participantOf({ id: 'both', email: 'both@example.org', phone: '+34600000009' });
const carol = participantOf({ id: 'carol', phone: '+34600000003' });

interface Case {
  readonly mechanisms?: readonly ('email' | 'sms')[];
  readonly history?: readonly Delivery[];
  readonly at?: Date;
  readonly organizer?: Addresses;
}

function owed(
  meeting: Meeting,
  { mechanisms = ['email', 'sms'], history = [], at = now, organizer }: Case = {},
): InvitationJob[] {
  const reach = (person: Participant) => addressesOf(person, undefined);
  const channels = mechanisms.map(addressChannelNamed);
  return owedJobs(meeting, { channels, addressesOf: reach, organizer, history: historyOf(history), now: at });
}

/** A job in short: sequence, channel, person, and `+` where the address may have been reached before. */
const short = (jobs: readonly InvitationJob[]) =>
  jobs.map(
    ({ sequence, channel, participantId, reached }) => `${sequence} ${channel} ${participantId}${reached ? '+' : ''}`,
  );

/** A row of a delivery, as the worker leaves it. */
function row(text: string, state: Delivery['state'], changes: Partial<Delivery> = {}): Delivery {
  const [occasion, channel, participantId] = text.split(' ');
  const person = [bob, both, carol].find(({ id }) => id === participantId);
  const address = (channel === 'sms' ? person?.phone : person?.email) ?? 'nobody@example.org';
  const to = addressHash(meetingOf().id, address);
  return {
    sk: `DELIVERY#${occasion}#${channel}#${participantId}`,
    state,
    leaseUntil: 0,
    attempts: 1,
    updated: now.toISOString(),
    to,
    ...changes,
  };
}

const unsent = { unsent: 1 };

describe('a new meeting owes', () => {
  const meeting = meetingOf({ participants: [bob, both, carol] });

  test.each<[mechanisms: ('email' | 'sms')[], expected: string[]]>([
    [
      ['email', 'sms'],
      ['1 email bob', '1 email both', '1 sms both', '1 sms carol'],
    ],
    [['email'], ['1 email bob', '1 email both']],
    [['sms'], ['1 sms both', '1 sms carol']],
    [[], []],
  ])('by %j: %j', (mechanisms, expected) => {
    expect(short(owed(meeting, { mechanisms }))).toEqual(expected);
  });

  test('nothing where it is silent, or once it has ended', () => {
    expect(owed({ ...meeting, sendInvitations: false })).toEqual([]);
    expect(owed(meeting, { at: meeting.validUntil })).toEqual([]);
    expect(owed(meeting, { at: new Date(meeting.validUntil.getTime() - 1) })).toHaveLength(4);
  });
});

describe('to its organizer a meeting owes', () => {
  const organizer = { email: 'alice@example.org', phone: '+34600000001' };
  const entry = { told: 1, invited: 1 };
  const meeting = meetingOf({ participants: [bob], organizerEntry: entry });
  const to = organizerAddressHash(meeting.id, 'alice@example.org');

  test('a mail before all others, and no SMS', () => {
    expect(short(owed(meeting, { organizer }))).toEqual(['1 email organizer', '1 email bob']);
    expect(owed(meeting, { organizer, mechanisms: ['sms'] })).toEqual([]);
  });

  test.each<[why: string, meeting: Meeting, case_: Case]>([
    ['they are not told of their own meetings', meeting, {}],
    ['they have no address', meeting, { organizer: {} }],
    ['the meeting is from before there were such mails', { ...meeting, organizerEntry: undefined }, { organizer }],
    ['they were told', meeting, { organizer, history: [row('1 email organizer', 'sent', { to })] }],
  ])('nothing where %s', (_, given, circumstances) => {
    expect(short(owed(given, circumstances))).toEqual(['1 email bob']);
  });

  test('a cancellation of what they were told, which names as organizer whom calendars know', () => {
    const cancelled: Meeting = { ...meeting, status: 'cancelled', sequence: 2, organizerEntry: { ...entry, told: 2 } };
    const history = [row('1 email organizer', 'sent', { to })];

    expect(owed(cancelled, { organizer, history })).toMatchObject([
      { participantId: 'organizer', sequence: 2, reached: true, organizer: { username: 'alice' } },
    ]);
    expect(owed(cancelled, { organizer })).toEqual([]);
  });

  test('no cancellation of what a participant with their address was told', () => {
    const same = participantOf({ id: 'same', email: 'ALICE@example.org' });
    const cancelled: Meeting = { ...meeting, status: 'cancelled', participants: [same] };
    const history = [row('0 email same', 'sent', { to: addressHash(meeting.id, 'alice@example.org') })];

    expect(short(owed(cancelled, { organizer, history }))).toEqual(['1 email same+']);
  });
});

describe('a delivery leaves an invitation owed', () => {
  const states: [what: string, delivery: Delivery, expected: object[]][] = [
    ['sent: no', row('1 email bob', 'sent'), []],
    ['failed: no', row('1 email bob', 'failed', unsent), []],
    ['claimed: yes, for who claimed it may have died', row('1 email bob', 'claimed'), [{ reached: true }]],
    ['put off: yes', row('1 email bob', 'claimed', unsent), [{ reached: false }]],
    ['superseded: yes, anew', row('1 email bob', 'superseded', unsent), [{ reached: false, renewed: true }]],
    ['of another sequence: yes', row('0 email bob', 'sent'), [{ reached: true, sequence: 1 }]],
    ['of another channel: yes', row('1 sms both', 'sent'), [{ reached: false }]],
    ['of a reminder: yes', row('R2027-03-01T10:00:00.000Z email bob', 'sent'), [{ reached: false }]],
  ];

  test.each(states)('%s', (_, delivery, expected) => {
    expect(owed(meetingOf({ participants: [bob] }), { history: [delivery] })).toMatchObject(expected);
    expect(owed(meetingOf({ participants: [bob] }), { history: [delivery] })).toHaveLength(expected.length);
  });
});

describe('a cancellation is owed to whoever may have been reached', () => {
  const told = { told: 2 };
  const cancelled = meetingOf({ status: 'cancelled', revision: 2, sequence: 2, participants: [{ ...bob, ...told }] });
  const takenOff = meetingOf({ revision: 2, sequence: 2, removed: [{ ...bob, ...told, takenOff: now }] });
  const cases: [what: string, history: Delivery[], expected: string[]][] = [
    ['never: no', [], []],
    ['sent: yes', [row('1 email bob', 'sent')], ['2 email bob+']],
    ['being sent: yes', [row('1 email bob', 'claimed')], ['2 email bob+']],
    ['about to leave: yes', [row('1 email bob', 'sending')], ['2 email bob+']],
    ['put off: no', [row('1 email bob', 'claimed', unsent)], []],
    ['put off, then claimed again: yes', [row('1 email bob', 'claimed', { attempts: 2, unsent: 1 })], ['2 email bob+']],
    ['refused: no', [row('1 email bob', 'failed', unsent)], []],
    ['given up without an answer: yes', [row('1 email bob', 'failed')], ['2 email bob+']],
    [
      'given up, after an earlier one was sent: yes',
      [row('0 email bob', 'sent'), row('1 email bob', 'failed', unsent)],
      ['2 email bob+'],
    ],
    ['reminded alone: no', [row('R2027-03-01T10:00:00.000Z email bob', 'sent')], []],
    [
      'under another participant: yes',
      [{ ...row('1 email carol', 'sent'), to: addressHash(cancelled.id, 'BOB@example.org') }],
      ['2 email bob+'],
    ],
    ['told already: no', [row('1 email bob', 'sent'), row('2 email bob', 'sent')], []],
  ];

  test.each(cases)('%s', (_, history, expected) => {
    expect(short(owed(cancelled, { history }))).toEqual(expected);
    expect(short(owed(takenOff, { history }))).toEqual(expected);
  });
});

describe('what follows something that may be leaving at this moment', () => {
  const meeting = meetingOf({ revision: 2, sequence: 2, status: 'cancelled', participants: [{ ...bob, told: 2 }] });
  const seconds = now.getTime() / 1_000;
  const cases: [what: string, delivery: Delivery, wait: number | undefined][] = [
    ['waits until the lease ends', row('1 email bob', 'claimed', { leaseUntil: seconds + 45 }), 45],
    ['waits for a text message that is about to leave', row('1 email bob', 'sending', { leaseUntil: seconds + 7 }), 7],
    ['does not wait for a lease that has ended', row('1 email bob', 'claimed', { leaseUntil: seconds }), undefined],
    ['does not wait for what has been sent', row('1 email bob', 'sent', { leaseUntil: seconds + 45 }), undefined],
  ];

  test.each(cases)('%s', (_, delivery, wait) => {
    expect(owed(meeting, { history: [delivery] }).map(({ waitSeconds }) => waitSeconds)).toEqual([wait]);
  });
});

describe('of those who share an address', () => {
  const twin = participantOf({ id: 'twin', email: 'BOB@example.org' });
  const history = [row('1 email bob', 'sent')];
  const off = (person: Participant, told: number) => ({ ...person, told, takenOff: now });

  test('the first who takes part hears', () => {
    expect(short(owed(meetingOf({ participants: [twin, bob] })))).toEqual(['1 email twin']);
  });

  test('who takes part hears, and not that the other was taken off', () => {
    const meeting = meetingOf({
      revision: 2,
      sequence: 2,
      participants: [participantOf({ ...twin, told: 2, invited: 2 })],
      removed: [off(bob, 2)],
    });

    expect(short(owed(meeting, { history }))).toEqual(['2 email twin+']);
  });

  test('who was taken off last hears it', () => {
    const meeting = meetingOf({ revision: 3, sequence: 3, removed: [off(bob, 2), off(twin, 3)] });

    expect(short(owed(meeting, { history }))).toEqual(['3 email twin+']);
  });
});

test('each of 2,000 participants is looked up once, and each of their addresses', () => {
  const participants = Array.from({ length: 2_000 }, (_, index) =>
    participantOf({
      id: `p${index}`,
      email: `p${index}@example.org`,
      phone: `+34600${String(index).padStart(6, '0')}`,
    }),
  );
  const past = historyOf([]);
  const asked = { addressesOf: 0, reached: 0, stateOf: 0 };
  const jobs = owedJobs(meetingOf({ participants }), {
    channels: [addressChannelNamed('email'), addressChannelNamed('sms')],
    addressesOf: (person) => {
      asked.addressesOf += 1;
      return addressesOf(person, undefined);
    },
    history: {
      ...past,
      reached: (to) => {
        asked.reached += 1;
        return past.reached(to);
      },
      stateOf: (job) => {
        asked.stateOf += 1;
        return past.stateOf(job);
      },
    },
    now,
  });

  expect(jobs).toHaveLength(4_000);
  expect(asked).toEqual({ addressesOf: 2_000, reached: 4_000, stateOf: 4_000 });
});

describe('whether an address was reached', () => {
  const cancelled = meetingOf({ participants: [{ ...bob, told: 2 }], status: 'cancelled', revision: 2, sequence: 2 });
  const open = row('1 email bob', 'claimed');

  test('is left to the moment of sending where only what is not finished may have reached it', () => {
    expect(owed(cancelled, { history: [open] })).toMatchObject([{ reached: true, reachedBy: [open.sk] }]);
  });

  test('is not told by the delivery itself', () => {
    const own = row('2 email bob', 'claimed');

    expect(owed(cancelled, { history: [own] })).toMatchObject([{ reachedBy: [] }]);
  });

  test('is certain where something was sent', () => {
    const [job] = owed(cancelled, { history: [row('0 email bob', 'sent'), open] });

    expect(job).toMatchObject({ reached: true });
    expect(job).not.toHaveProperty('reachedBy');
  });
});
