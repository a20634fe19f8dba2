import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { buildCalendar, calendarFor } from '../../functions/deliveries/calendar/calendar.ts';
import { calendarFacts, standingOf } from '../../functions/deliveries/calendar/meetingCalendar.ts';
import { linkOf } from '../../functions/meetings/links/link.ts';
import type { Participant } from '../../functions/meetings/meeting.ts';
import type { MeetingPatch } from '../../functions/meetings/meetingPatch.ts';
import type { User } from '../../functions/users/user.ts';
import { meetingOf, participantOf } from '../meetings/meetings.ts';
import { testSettings } from '../service.ts';
import { type Life, lifeOf, type Sent } from './life.ts';

const [ana, bob, eve] = ['ana', 'bob', 'eve'].map((name) =>
  participantOf({ id: name, name, email: `${name}@example.org` }),
) as [Participant, Participant, Participant];
const entry = ({ id, name, email, phone }: Participant) => ({ id, name, email, phone });
const told = (sent: readonly Sent[]) => sent.map(({ action, address }) => `${action} ${address.split('@')[0]}`);

/** What a calendar program makes of the mails to one address, in the order in which they were sent. */
async function calendarOf(life: Life, address: string) {
  const mails = life.sent.filter((sent) => sent.channel === 'email' && sent.address === address);
  return Promise.all(mails.map(readMail));
}

async function readMail({ meeting, person, address }: Sent) {
  const facts = calendarFacts(meeting, undefined, standingOf(meeting, person), testSettings);
  const file = calendarFor(await buildCalendar(facts), { email: address });
  const calendar = new ICAL.Component(ICAL.parse(file));
  const event = calendar.getFirstSubcomponent('vevent');
  const value = (name: string) => String(event?.getFirstPropertyValue(name));
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: value('uid'),
    sequence: Number(value('sequence')),
    status: value('status'),
    start: value('dtstart'),
    url: value('url'),
    attendees: event?.getAllProperties('attendee').map((attendee) => attendee.getFirstValue()),
  };
}

test('the mails of a meeting’s life make one event in each calendar, and leave none behind', async () => {
  const first = { told: 0, invited: 0 };
  const participants = [
    { ...ana, ...first },
    { ...bob, ...first },
  ];
  const life = lifeOf(meetingOf({ participants, sequence: 0 }));
  expect(told(life.deliverAll())).toEqual(['invite ana', 'invite bob']);

  life.patch({ validSince: new Date('2027-03-02T10:00:00Z') });
  expect(told(life.deliverAll())).toEqual(['update ana', 'update bob']);

  life.patch({ participants: [entry(ana), entry(bob), { email: eve.email }] });
  expect(told(life.deliverAll())).toEqual(['invite eve']);

  life.patch({ description: 'The plan', lobby: true, timeZone: 'UTC' });
  expect(life.deliverAll()).toEqual([]);
  expect(life.meeting).toMatchObject({ revision: 4, sequence: 2 });

  life.patch({ participants: [entry(ana), { email: eve.email }] });
  expect(told(life.deliverAll())).toEqual(['cancel bob']);

  life.patch({ participants: [{ ...entry(ana), email: 'anna@example.org' }, { email: eve.email }] });
  expect(told(life.deliverAll())).toEqual(['invite anna', 'cancel ana']);

  life.inviteAgain();
  expect(told(life.deliverAll())).toEqual(['invite anna', 'invite eve']);

  life.patch({ rotateLink: true });
  expect(told(life.deliverAll())).toEqual(['update anna', 'update eve']);

  life.patch({ participants: [{ email: 'anna@example.org' }, { email: eve.email }, { email: bob.email }] });
  expect(told(life.deliverAll())).toEqual(['invite bob']);

  life.cancel();
  expect(told(life.deliverAll())).toEqual(['cancel anna', 'cancel eve', 'cancel bob']);
  expect(life.deliverAll()).toEqual([]);

  const methods = (mails: Awaited<ReturnType<typeof calendarOf>>) => mails.map(({ method }) => method);
  const calendars = await Promise.all(
    ['ana', 'anna', 'bob', 'eve'].map((name) => calendarOf(life, `${name}@example.org`)),
  );
  expect(calendars.map(methods)).toEqual([
    ['REQUEST', 'REQUEST', 'CANCEL'],
    ['REQUEST', 'REQUEST', 'REQUEST', 'CANCEL'],
    ['REQUEST', 'REQUEST', 'CANCEL', 'REQUEST', 'CANCEL'],
    ['REQUEST', 'REQUEST', 'REQUEST', 'CANCEL'],
  ]);
  expect(calendars.map((mails) => mails.map(({ sequence }) => sequence))).toEqual([
    [0, 1, 4],
    [4, 5, 6, 8],
    [0, 1, 3, 7, 8],
    [2, 5, 6, 8],
  ]);
  for (const mails of calendars) expect(new Set(mails.map(({ uid }) => uid)).size).toBe(1);
  expect(calendars[0]?.[2]?.status).toBe('null');
  expect(calendars[1]?.[3]?.status).toBe('CANCELLED');
  expect(calendars[1]?.[2]?.url).toBe(linkOf(life.meeting, testSettings));
  expect(calendars[3]?.[0]).toMatchObject({ start: '2027-03-02T10:00:00Z', attendees: ['mailto:eve@example.org'] });
});

describe('silence', () => {
  test('keeps invitations back until it ends, and each gets one', () => {
    const life = lifeOf(meetingOf({ participants: [ana, bob], sendInvitations: false }));
    expect(life.deliverAll()).toEqual([]);

    life.patch({ name: 'Review' });
    life.patch({ sendInvitations: true });

    expect(told(life.deliverAll())).toEqual(['invite ana', 'invite bob']);
  });

  test('that falls upon half of the invitations lets the other half go on after it', () => {
    const life = lifeOf(meetingOf({ participants: [ana, bob, eve] }));
    life.plan();
    life.deliver();
    life.patch({ sendInvitations: false });
    expect(life.deliverAll()).toEqual([]);

    life.patch({ sendInvitations: true });

    expect(told(life.deliverAll())).toEqual(['invite bob', 'invite eve']);
  });

  test('holds what happened in it', () => {
    const life = lifeOf(meetingOf({ participants: [ana, bob] }));
    life.deliverAll();
    life.patch({ sendInvitations: false });
    life.patch({ participants: [entry(ana), { email: eve.email }] });
    life.cancel();

    expect(life.deliverAll()).toEqual([]);
  });
});

describe('nobody gets a cancellation of what they were never sent', () => {
  test('when it is cancelled before the worker came to it', () => {
    const life = lifeOf(meetingOf({ participants: [ana, bob] }));
    life.plan();
    life.deliver();
    life.cancel();

    expect(told(life.deliverAll())).toEqual(['cancel ana']);
  });

  test('when SES put it off until then', () => {
    const life = lifeOf(meetingOf({ participants: [ana] }));
    life.plan();
    life.deliver(0, true);
    life.cancel();

    expect(life.deliverAll()).toEqual([]);
  });

  test('when they are taken off, and come back, before the worker came to it', () => {
    const life = lifeOf(meetingOf({ participants: [ana, bob] }));
    life.plan();
    life.patch({ participants: [entry(ana)] });
    life.plan();
    life.patch({ participants: [entry(ana), { email: bob.email }] });

    expect(told(life.deliverAll())).toEqual(['invite ana', 'invite bob']);
  });
});

describe('one address hears as one person', () => {
  const user: User = {
    id: 'ana-id',
    username: 'ana',
    email: 'ana@example.org',
    capabilities: [],
    created: new Date(0),
    lastLogin: new Date(0),
  } as never;
  const byId = participantOf({ id: 'by-id', userId: 'ana-id' });

  test('where a user is named by their id and by their address', () => {
    const life = lifeOf(meetingOf({ participants: [byId, ana] }), [user]);

    expect(told(life.deliverAll())).toEqual(['invite ana']);
  });

  test('where they are named otherwise from now on', () => {
    const life = lifeOf(meetingOf({ participants: [byId] }), [user]);
    life.deliverAll();
    life.patch({ participants: [{ email: 'ana@example.org' }] });

    expect(told(life.deliverAll())).toEqual(['invite ana']);
  });

  test('where the organizer names themselves by an address', () => {
    const life = lifeOf(meetingOf({ organizerId: 'ana-id', participants: [ana, bob] }), [user]);

    expect(told(life.deliverAll())).toEqual(['invite bob']);
  });
});

describe('whatever happens, in whatever order', () => {
  const users = ['u1', 'u2'].map((id) => ({ id, email: `${id}@example.org`, username: id, capabilities: [] })) as never;
  const named = fc.record(
    {
      userId: fc.constantFrom('u1', 'u2'),
      email: fc.constantFrom('a@example.org', 'b@example.org', 'c@example.org', 'u1@example.org'),
      phone: fc.constantFrom('+34600000001', '+34600000002'),
    },
    { requiredKeys: [] },
  );
  const person = fc.oneof(
    { weight: 9, arbitrary: named.filter((one) => Object.keys(one).length > 0) },
    { weight: 1, arbitrary: fc.constant({ userId: 'alice-id' }) },
  );
  const people = fc
    .array(person, { maxLength: 4 })
    .map((entries) => entries.filter((one, index) => isAlone(one, entries.slice(0, index))));
  const changes: fc.Arbitrary<MeetingPatch> = fc.oneof(
    people.map((participants) => ({ participants })),
    people.map((participants) => ({ participants, name: 'Review' })),
    fc.constantFrom('Planning', 'Review').map((name) => ({ name })),
    fc.constantFrom('x', 'y').map((description) => ({ description })),
    fc.integer({ min: 1, max: 3 }).map((day) => ({ validSince: new Date(Date.UTC(2027, 2, day)) })),
    fc.boolean().map((sendInvitations) => ({ sendInvitations })),
    fc.constant({ rotateLink: true }),
  );
  const steps = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: changes.map((patch) => (life: Life) => life.patch(patch)) },
      { weight: 3, arbitrary: fc.constant((life: Life) => life.plan()) },
      {
        weight: 6,
        arbitrary: fc.tuple(fc.nat(20), fc.boolean()).map(
          ([position, putOff]) =>
            (life: Life) =>
              life.deliver(position, putOff),
        ),
      },
    ),
    { maxLength: 40 },
  );

  function isAlone(one: object, others: readonly object[]): boolean {
    return !others.some((other) => Object.values(one).some((value) => Object.values(other).includes(value)));
  }

  test('each calendar ends as the meeting is', () => {
    fc.assert(
      fc.property(people, steps, fc.boolean(), (participants, walk, cancelled) => {
        const life = lifeOf(meetingOf({ validSince: new Date('2027-03-01T00:00:00Z') }), users);
        life.patch({ participants });
        for (const step of walk) step(life);
        life.patch({ sendInvitations: true });
        if (cancelled) life.cancel();
        life.deliverAll();

        expect(life.deliverAll()).toEqual([]);
        for (const [address, sent] of bySent(life)) expectInLine(life, address, sent);
        if (!cancelled) expect(invited(life)).toEqual(reachable(life));
      }),
      { numRuns: 1_000 },
    );
  });

  function bySent({ sent }: Life): Map<string, Sent[]> {
    const addresses = new Map<string, Sent[]>();
    for (const one of sent) addresses.set(one.address, [...(addresses.get(one.address) ?? []), one]);
    return addresses;
  }

  /** Nothing begins with a cancellation, and SEQUENCE rises with each message. */
  function expectInLine({ meeting }: Life, address: string, sent: readonly Sent[]): void {
    expect(sent[0]?.action, address).toBe('invite');
    const sequences = sent.map((one) => one.meeting.sequence);
    expect(sequences, address).toEqual([...new Set(sequences)].sort((one, other) => one - other));
    const last = sent.at(-1);
    if (meeting.status === 'cancelled') expect(last?.action, address).toBe('cancel');
    if (last?.action === 'cancel') return;
    const { name, validSince, validUntil, key } = meeting;
    expect(last?.meeting, address).toMatchObject({ name, validSince, validUntil, key });
  }

  function invited(life: Life): string[] {
    const open = [...bySent(life)].filter(([, sent]) => sent.at(-1)?.action !== 'cancel');
    return open.map(([address]) => address).sort();
  }

  function reachable({ meeting }: Life): string[] {
    const own = (userId: string | undefined) => (userId === undefined ? [] : [`${userId}@example.org`]);
    const addresses = meeting.participants
      .filter(({ userId }) => userId !== meeting.organizerId)
      .flatMap(({ userId, email, phone }) => {
        const given = [email, phone].filter((address) => address !== undefined);
        return given.length > 0 ? given : own(userId);
      });
    return [...new Set(addresses)].sort();
  }
});
