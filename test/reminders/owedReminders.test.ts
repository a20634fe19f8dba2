import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { email } from '../../functions/deliveries/channels/email/email.ts';
import { push } from '../../functions/deliveries/channels/push/push.ts';
import { sms } from '../../functions/deliveries/channels/sms/sms.ts';
import { deliveryKey } from '../../functions/deliveries/delivery.ts';
import { peopleOfPart } from '../../functions/deliveries/planJob.ts';
import { addressesOf } from '../../functions/meetings/attendees.ts';
import {
  owedReminders,
  type ReminderFacts,
  remindedIds,
  usersWithDevices,
} from '../../functions/reminders/owedReminders.ts';
import type { User } from '../../functions/users/user.ts';
import { meetingOf, participantOf } from '../meetings/meetings.ts';
import { randomRuns, randomSeed } from '../randomRuns.ts';

const userOf = (id: string, addresses: Partial<User> = {}): User => ({
  id,
  username: id,
  capabilities: [],
  created: new Date('2026-01-01T00:00:00Z'),
  revision: 1,
  ...addresses,
});

const alice = userOf('alice-id', { email: 'alice@example.org', mobilePhone: '+34600000001' });
const bobUser = userOf('bob-id', { email: 'bob@example.org' });
const bob = participantOf({ id: 'bob', email: 'bob@example.org' });
const carol = participantOf({ id: 'carol', email: 'carol@example.org', phone: '+34600000003' });

const meeting = meetingOf({ participants: [bob, carol] });

const factsOf = (facts: Partial<ReminderFacts> = {}, of = meeting): ReminderFacts => ({
  part: new Set(remindedIds(of)),
  channels: [push, email, sms],
  organizer: undefined,
  attendees: new Map(),
  addressesOf,
  devices: new Map(),
  states: new Map(),
  toldLately: new Set(),
  ...facts,
});

const owed = (facts: Partial<ReminderFacts> = {}, of = meeting) =>
  owedReminders(of, factsOf(facts, of)).map((job) =>
    [job.channel, job.participantId, ...('device' in job ? [job.device.deviceId] : [])].join(' '),
  );

describe('by push', () => {
  test('goes to each device of the organizer and of whoever is a user, and to none else', () => {
    const devices = new Map([
      ['alice-id', ['phone', 'tablet']],
      ['bob-id', ['phone']],
      ['stranger-id', ['phone']],
    ]);
    const facts = { organizer: alice, attendees: new Map([['bob', bobUser]]), devices };

    expect(owed({ ...facts, channels: [push] })).toEqual([
      'push organizer phone',
      'push organizer tablet',
      'push bob phone',
    ]);
  });

  test('goes once to a device, however often its user takes part', () => {
    const twice = meetingOf({ participants: [bob, participantOf({ id: 'again', userId: 'bob-id' })] });
    const attendees = new Map([
      ['bob', bobUser],
      ['again', bobUser],
    ]);

    expect(owed({ attendees, devices: new Map([['bob-id', ['phone']]]) }, twice)).toEqual(['push bob phone']);
  });
});

describe('by mail and SMS', () => {
  test('goes to those who have no device', () => {
    expect(owed({ attendees: new Map([['bob', bobUser]]), devices: new Map([['bob-id', ['phone']]]) })).toEqual([
      'push bob phone',
      'email carol',
      'sms carol',
    ]);
  });

  test('goes to the organizer too, at what they verified', () => {
    expect(owed({ organizer: alice }, meetingOf())).toEqual(['email organizer', 'sms organizer']);
  });

  test('goes to all where nothing is pushed', () => {
    const facts = { attendees: new Map([['bob', bobUser]]), devices: new Map([['bob-id', ['phone']]]) };

    expect(owed({ ...facts, channels: [email] })).toEqual(['email bob', 'email carol']);
    expect(owed({ ...facts, channels: [sms] })).toEqual(['sms carol']);
    expect(owed({ ...facts, channels: [] })).toEqual([]);
  });

  test('goes to a user who gave no address at those that they verified', () => {
    const named = meetingOf({ participants: [participantOf({ id: 'bob', userId: 'bob-id' })] });

    expect(owed({ attendees: new Map([['bob', bobUser]]) }, named)).toEqual(['email bob']);
  });

  test('goes once to an address that two share', () => {
    const shared = meetingOf({
      participants: [
        participantOf({ id: 'one', userId: 'bob-id' }),
        participantOf({ ...bob, email: 'BOB@example.org' }),
      ],
    });

    expect(owed({ attendees: new Map([['one', bobUser]]) }, shared)).toEqual(['email one']);
  });

  test('is not silenced by sendInvitations false', () => {
    expect(owed({ channels: [email] }, { ...meeting, sendInvitations: false })).toEqual(['email bob', 'email carol']);
  });
});

describe('nobody is reminded', () => {
  test('twice: the organizer who is a participant of their own', () => {
    const own = meetingOf({ participants: [participantOf({ id: 'self', email: 'alice@example.org' })] });

    expect(owed({ organizer: alice, attendees: new Map([['self', alice]]) }, own)).toEqual([
      'email organizer',
      'sms organizer',
    ]);
  });

  test('at another address, as a participant, of what they organize', () => {
    const own = meetingOf({ participants: [participantOf({ id: 'self', email: 'alice@work.example.org' }), bob] });

    expect(owed({ organizer: alice, attendees: new Map([['self', alice]]), channels: [email] }, own)).toEqual([
      'email organizer',
      'email bob',
    ]);
  });

  test('whom a letter tells at about the same time, but for the organizer', () => {
    const facts = { organizer: alice, channels: [email], toldLately: new Set(['bob', 'organizer']) };

    expect(owed(facts)).toEqual(['email organizer', 'email carol']);
  });

  test('who was taken off, or is an organizer who has been deleted', () => {
    expect(owed({}, meetingOf({ removed: [bob] }))).toEqual([]);
  });

  test.each(['sent', 'failed'] as const)('again, of what was %s', (state) => {
    const [first] = owedReminders(meeting, factsOf({ channels: [email] }));
    const states = new Map(first ? [[deliveryKey(first).sk, state] as const] : []);

    expect(owed({ channels: [email], states })).toEqual(['email carol']);
  });
});

test('what was given up is owed again once its start is back', () => {
  const [first] = owedReminders(meeting, factsOf({ channels: [email] }));
  const states = new Map(first ? [[deliveryKey(first).sk, 'superseded'] as const] : []);

  expect(owedReminders(meeting, factsOf({ channels: [email], states }))).toMatchObject([
    { participantId: 'bob', renewed: true },
    { participantId: 'carol' },
  ]);
});

describe('whose devices are asked for', () => {
  const twice = meetingOf({ participants: [bob, participantOf({ id: 'again', userId: 'bob-id' }), carol] });
  const carolUser = userOf('carol-id');
  const attendees = new Map([
    ['bob', bobUser],
    ['again', bobUser],
    ['carol', carolUser],
  ]);
  const asked = (facts: Partial<ReminderFacts>, of = twice) =>
    usersWithDevices(of, factsOf({ organizer: alice, attendees, ...facts }, of));

  test('each user once', () => {
    expect(asked({})).toEqual(['alice-id', 'bob-id', 'carol-id']);
  });

  test('of a part its users alone', () => {
    expect(asked({ part: new Set(['carol']) })).toEqual(['carol-id']);
    expect(asked({ part: new Set(['organizer', 'again']) })).toEqual(['alice-id', 'bob-id']);
  });

  test('of no other part, whatever address they lack', () => {
    const [one, two] = ['one', 'two'].map((id) => userOf(`${id}-id`, { email: `${id}@example.org` }));
    const both = meetingOf({ participants: ['one', 'two'].map((id) => participantOf({ id, userId: `${id}-id` })) });
    const known = new Map([one, two].flatMap((user, index) => (user ? [[index ? 'two' : 'one', user]] : [])));

    expect(asked({ attendees: known, part: new Set(['two']) }, both)).toEqual(['two-id']);
  });

  test('those too who share an address with somebody of it', () => {
    const sharing = meetingOf({
      participants: [
        participantOf({ id: 'one', userId: 'bob-id' }),
        participantOf({ id: 'two', email: 'BOB@example.org' }),
      ],
    });

    expect(asked({ attendees: new Map([['one', bobUser]]), part: new Set(['two']) }, sharing)).toEqual(['bob-id']);
  });
});

test('in parts of whatever size everybody is reminded as in one, though the devices of each part alone are known', () => {
  const users = ['u0', 'u1', 'u2'].map((id, index) => userOf(id, index === 0 ? {} : { email: `${id}@example.org` }));
  const people = fc.array(
    fc.record({
      user: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
      email: fc.option(fc.constantFrom('u1@example.org', 'U2@example.org', 'x@example.org'), { nil: undefined }),
      phone: fc.option(fc.constantFrom('+34600000001', '+34600000002'), { nil: undefined }),
    }),
    { maxLength: 12 },
  );
  const owners = fc.record({ organizes: fc.boolean(), pushed: fc.subarray(['u0', 'u1', 'u2', 'alice-id']) });
  fc.assert(
    fc.property(people, owners, fc.integer({ min: 1, max: 5 }), (chosen, { organizes, pushed }, most) => {
      const participants = chosen.map(({ email, phone }, index) =>
        participantOf({ id: `p${index}`, ...(email ? { email } : {}), ...(phone ? { phone } : {}) }),
      );
      const of = meetingOf({ participants });
      const attendees = new Map(
        chosen.flatMap(({ user }, index) => (user === undefined ? [] : [[`p${index}`, users[user] as User] as const])),
      );
      const facts = factsOf({ attendees, organizer: organizes ? alice : undefined }, of);
      const devicesOf = (ids: readonly string[]) =>
        new Map(ids.filter((id) => pushed.includes(id)).map((id) => [id, ['phone', 'tablet']]));
      const whole = owedReminders(of, { ...facts, devices: devicesOf(['alice-id', 'u0', 'u1', 'u2']) });
      const inParts: unknown[] = [];
      for (let after: string | undefined, more = true; more; ) {
        const { part, next } = peopleOfPart(remindedIds(of), { after, most });
        const devices = devicesOf(usersWithDevices(of, { ...facts, part }));
        inParts.push(...owedReminders(of, { ...facts, part, devices }));
        [after, more] = [next, next !== undefined];
      }

      expect(inParts).toEqual(whole);
    }),
    { numRuns: randomRuns(300), seed: randomSeed() },
  );
});

test('a reminder says the start that it reminds of', () => {
  const [first] = owedReminders(meeting, factsOf({ channels: [email] }));
  expect(first).toEqual({
    kind: 'reminder',
    meetingId: meeting.id,
    participantId: 'bob',
    channel: 'email',
    start: '2027-03-01T10:00:00.000Z',
  });
});
