import fc from 'fast-check';
import ICAL from 'ical.js';
import ical from 'node-ical';
import { describe, expect, test } from 'vitest';
import { buildCalendar, calendarFor } from '../../functions/deliveries/calendar/calendar.ts';
import {
  calendarFacts,
  organizerCalendarFacts,
  standingOf,
} from '../../functions/deliveries/calendar/meetingCalendar.ts';
import { organizerParticipantId } from '../../functions/deliveries/delivery.ts';
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

const alice = { id: 'alice-id', username: 'alice', email: 'alice@example.org', capabilities: [] } as never as User;
const untold = { told: 0, invited: 0, calendarAddress: 'meetings@example.org' };

/** The file of a mail, to the organizer or to whoever was invited. */
async function fileOf({ meeting, person, address }: Sent): Promise<string> {
  const standing = standingOf(meeting, person);
  if (person.id !== organizerParticipantId) {
    return calendarFor(await buildCalendar(calendarFacts(meeting, meeting.organizer, standing, testSettings)), {
      email: address,
    });
  }
  const facts = organizerCalendarFacts(meeting, standing, testSettings, 'changed@example.org');
  return calendarFor(await buildCalendar(facts), { email: address, standing: 'accepted' });
}

/** What a program that reads with ical.js holds of an address, event by event, after each message. */
function replayedByIcalJs(files: readonly string[]): object[] {
  const events = new Map<string, { readonly sequence: number; readonly shown: string }>();
  return files.map((file) => {
    const calendar = new ICAL.Component(ICAL.parse(file));
    const event = calendar.getFirstSubcomponent('vevent');
    const value = (name: string) => String(event?.getFirstPropertyValue(name));
    const [uid, sequence] = [value('uid'), Number(value('sequence'))];
    expect(sequence).toBeGreaterThan(events.get(uid)?.sequence ?? -1);
    const shown = [value('summary'), value('dtstart'), value('url').split('/').at(-1), value('organizer')].join(' ');
    if (calendar.getFirstPropertyValue('method') === 'CANCEL') expect(events.delete(uid)).toBe(true);
    else events.set(uid, { sequence, shown });
    return [...events.values()].map((one) => one.shown);
  });
}

/** The same of one that reads with node-ical. */
function replayedByNodeIcal(files: readonly string[]): object[] {
  const events = new Map<string, string>();
  return files.map((file) => {
    const event = Object.values(ical.sync.parseICS(file)).find((part) => part?.type === 'VEVENT');
    if (event?.type !== 'VEVENT') throw new Error('There is no event');
    const text = (value: unknown) => String(Object(value).val ?? value);
    const [uid = '', start = ''] = [event.uid, event.start?.toISOString().replace('.000', '')];
    const shown = [text(event.summary), start, text(event.url).split('/').at(-1), text(event.organizer)].join(' ');
    if (event.method === 'CANCEL') expect(events.delete(uid)).toBe(true);
    else events.set(uid, shown);
    return [...events.values()];
  });
}

describe('the organizer’s own calendar', () => {
  test('holds one entry, as the meeting is, after each message, and none at its end', async () => {
    const participants = [{ ...ana, told: 0, invited: 0 }];
    const life = lifeOf(meetingOf({ participants, organizerEntry: untold, sequence: 0 }), [alice]);
    expect(told(life.deliverAll())).toEqual(['invite alice', 'invite ana']);
    const { id, key } = life.meeting;
    life.patch({ validSince: new Date('2027-03-02T10:00:00Z') });
    expect(told(life.deliverAll())).toEqual(['update alice', 'update ana']);
    life.patch({ participants: [entry(ana), { email: eve.email }] });
    expect(told(life.deliverAll())).toEqual(['invite eve']);
    life.patch({ name: 'Review' });
    expect(told(life.deliverAll())).toEqual(['update alice', 'update ana', 'update eve']);
    life.patch({ rotateLink: true });
    expect(told(life.deliverAll())).toEqual(['update alice', 'update ana', 'update eve']);
    life.patch({ description: 'The plan' });
    life.inviteAgain();
    expect(told(life.deliverAll())).toEqual(['invite alice', 'invite ana', 'invite eve']);
    life.cancel();
    expect(told(life.deliverAll())).toEqual(['cancel alice', 'cancel ana', 'cancel eve']);

    const filesTo = (address: string) => Promise.all(life.sent.filter((sent) => sent.address === address).map(fileOf));
    const files = await filesTo('alice@example.org');
    const after = ['mailto:meetings@example.org'];
    const expected = [
      [[`Planning 2027-03-01T10:00:00Z ${id}.${key}`, ...after].join(' ')],
      [[`Planning 2027-03-02T10:00:00Z ${id}.${key}`, ...after].join(' ')],
      [[`Review 2027-03-02T10:00:00Z ${id}.${key}`, ...after].join(' ')],
      [[`Review 2027-03-02T10:00:00Z ${id}.${life.meeting.key}`, ...after].join(' ')],
      [[`Review 2027-03-02T10:00:00Z ${id}.${life.meeting.key}`, ...after].join(' ')],
      [],
    ];
    expect(replayedByIcalJs(files)).toEqual(expected);
    expect(replayedByNodeIcal(files)).toEqual(expected);
    for (const address of [ana.email, eve.email]) {
      const organizers = (await filesTo(address ?? '')).flatMap((file) => file.match(/^ORGANIZER.*$/m) ?? []);
      expect(new Set(organizers)).toEqual(new Set(['ORGANIZER;CN="alice":mailto:alice@example.org']));
    }
  });

  test('is not told the end of what it was never told', () => {
    const life = lifeOf(meetingOf({ participants: [ana], organizerEntry: untold, sequence: 0 }), [alice]);
    life.plan();
    life.cancel();

    expect(life.deliverAll()).toEqual([]);
  });

  test('hears of a meeting from before there were such letters with its next change', () => {
    const life = lifeOf(meetingOf({ participants: [ana] }), [alice]);
    expect(told(life.deliverAll())).toEqual(['invite ana']);
    life.patch({ name: 'Review' });

    expect(told(life.deliverAll())).toEqual(['invite alice', 'update ana']);
  });
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
  const known = ['u1', 'u2'].map((id) => ({
    id,
    email: `${id}@example.org`,
    username: id,
    capabilities: [],
  })) as never[];
  const users: User[] = [alice, ...known];
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
        const first = { organizerEntry: { told: 1, invited: 1 }, validSince: new Date('2027-03-01T00:00:00Z') };
        const life = lifeOf(meetingOf(first), users);
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
    return [...new Set(['alice@example.org', ...addresses])].sort();
  }
});
