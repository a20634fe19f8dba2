import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cancelMeeting } from '../../functions/meetings/cancelMeeting.ts';
import { inviteAgain } from '../../functions/meetings/inviteAgain.ts';
import type { Meeting, Participant } from '../../functions/meetings/meeting.ts';
import type { MeetingPatch } from '../../functions/meetings/meetingPatch.ts';
import { patchMeeting } from '../../functions/meetings/patchMeeting.ts';
import { invalidInput } from '../../functions/runtime/refusal.ts';
import { planOf } from '../../functions/users/numberPlan.ts';
import { meetingOf, participantOf } from './meetings.ts';

const now = new Date('2027-02-15T12:00:00Z');
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const alice = { id: 'alice-id', email: 'alice@example.org', phone: '+34600000001' };

const bob = participantOf({ id: 'bob', email: 'Bob@example.org', name: 'Bob', language: 'es' });
const both = participantOf({ id: 'both', email: 'both@example.org', phone: '+34600000009' });
const user = participantOf({ id: 'user', userId: 'user-id' });
const people = { participants: [bob, both, user] };

function patched(meeting: Meeting, patch: MeetingPatch, at = now): Meeting {
  let ids = 0;
  const newId = (length: number) => {
    ids += 1;
    return `new-${meeting.revision}-${ids}`.padEnd(length, '-');
  };
  return patchMeeting(meeting, patch, { organizer: alice, timeZone: 'UTC', languages: ['en', 'es'], now: at, newId });
}

const later = (date: Date, milliseconds: number) => new Date(date.getTime() + milliseconds);
const id = (text: string) => text.padEnd(12, '-');
const tolds = ({ participants }: Meeting) => participants.map(({ told, invited }) => [told, invited]);

describe('whom a change concerns', () => {
  const meeting = meetingOf({ ...people, revision: 4, sequence: 4, description: 'x', language: 'en' });
  const nobody: [what: string, patch: MeetingPatch][] = [
    ['description', { description: 'y' }],
    ['description', { description: null }],
    ['language', { language: 'es' }],
    ['zone', { timeZone: 'America/Lima' }],
    ['silence', { sendInvitations: false }],
    ['lobby', { lobby: true }],
    ['a name of a participant', { participants: [{ id: 'bob', name: 'Robert' }, { id: 'both' }, { id: 'user' }] }],
  ];
  const all: [what: string, patch: MeetingPatch][] = [
    ['name', { name: 'Review' }],
    ['start', { validSince: later(meeting.validSince, minute) }],
    ['end', { validUntil: later(meeting.validUntil, minute) }],
    ['link', { rotateLink: true }],
  ];

  test.each(nobody)('nobody: %s %j', (_, patch) => {
    const after = patched(meeting, patch);

    expect(after).toMatchObject({ revision: 5, sequence: 4, updated: now });
    expect(tolds(after)).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  test.each(all)('all who take part: %s', (_, patch) => {
    const gone = participantOf({ id: 'gone', email: 'gone@example.org', told: 3, takenOff: now });
    const after = patched({ ...meeting, removed: [gone] }, patch);

    expect(tolds(after)).toEqual([
      [5, 1],
      [5, 1],
      [5, 1],
    ]);
    expect(after.removed).toEqual([gone]);
    expect(after).toMatchObject({ revision: 5, sequence: 5 });
  });

  test('the same where the meeting is silent: what its calendar says has a higher sequence', () => {
    const after = patched({ ...meeting, sendInvitations: false }, { validSince: later(meeting.validSince, minute) });

    expect(after).toMatchObject({ revision: 5, sequence: 5 });
  });

  test('whoever joins or leaves alone: the sequence rises for them', () => {
    const joined = patched(meeting, { participants: [...people.participants, { email: 'new@example.org' }] });
    const left = patched(joined, { participants: [{ id: 'bob' }, { id: 'both' }, { id: 'user' }] });

    expect(joined).toMatchObject({ revision: 5, sequence: 5 });
    expect(joined.participants.map(({ told }) => told)).toEqual([1, 1, 1, 5]);
    expect(left).toMatchObject({ revision: 6, sequence: 6, removed: [{ email: 'new@example.org', told: 6 }] });
  });

  test('nobody anew: who gains an address, where its calendar has a higher sequence than any that was sent', () => {
    const carol = participantOf({ id: 'carol', phone: '+34600000003' });
    const withCarol = { ...meeting, participants: [bob, carol] };
    const handedOver = patched(withCarol, { participants: [{ ...carol, email: 'bob@example.org' }] });
    const further = patched(withCarol, { participants: [{ ...bob, phone: '+34600000007' }, { id: 'carol' }] });

    expect(handedOver).toMatchObject({ sequence: 5, participants: [{ id: 'carol', told: 1 }], removed: [] });
    expect(further).toMatchObject({ sequence: 5, participants: [{ id: 'bob', told: 1 }, { told: 1 }] });
  });

  test('a patch that changes nothing: nobody, and there is no new revision', () => {
    const { name, validSince, validUntil, description, timeZone } = meeting;
    const participants = [...people.participants].reverse().map(({ told: _, invited: __, ...entry }) => entry);
    const patches = [{}, { name, validSince, validUntil, description, timeZone, participants }, { rotateLink: false }];

    for (const patch of patches) expect(patched(meeting, patch)).toBe(meeting);
  });
});

describe('the times', () => {
  const meeting = meetingOf({ validUntil: new Date('2027-03-01T12:30:00Z') });
  const moved = later(meeting.validSince, 3 * day);

  test('a start alone takes the end with it', () => {
    expect(patched(meeting, { validSince: moved })).toMatchObject({ validUntil: later(meeting.validUntil, 3 * day) });
  });

  test('a start without an end lasts an hour', () => {
    expect(patched(meeting, { validSince: moved, validUntil: null })).toMatchObject({ validUntil: later(moved, hour) });
  });

  test('a meeting that has begun can be extended, renamed and shortened, but not begin anew in the past', () => {
    const at = later(meeting.validSince, 30 * minute);
    const longer = { validSince: meeting.validSince, validUntil: later(meeting.validUntil, hour), name: 'Longer' };

    expect(patched(meeting, longer, at)).toMatchObject(longer);
    expect(patched(meeting, { validUntil: later(at, minute) }, at).validUntil).toEqual(later(at, minute));
    expect(() => patched(meeting, { validSince: later(at, -6 * minute) }, at)).toThrow(
      invalidInput([{ path: '/validSince', message: 'must not be more than 5 minutes in the past' }]),
    );
    expect(() => patched(meeting, { validUntil: at }, at)).toThrow(
      invalidInput([{ path: '/validUntil', message: 'must be in the future' }]),
    );
  });
});

describe('the new list of participants', () => {
  const meeting = meetingOf(people);
  const same = [{ id: 'bob' }, { id: 'both' }, { id: 'user' }];
  const kept = (participants: MeetingPatch['participants']) => patched(meeting, { participants: participants ?? [] });

  const matches: [by: string, entry: NonNullable<MeetingPatch['participants']>[number], expected: Participant][] = [
    ['id', { id: 'bob', email: 'bob@example.org' }, bob],
    ['id alone', { id: 'both' }, both],
    ['user', { userId: 'user-id', name: 'U' }, user],
    ['address, whatever its case', { email: 'BOB@EXAMPLE.ORG' }, bob],
    ['number, with the address', { phone: '+34600000009', email: 'both@example.org' }, both],
  ];

  test.each(matches)('knows somebody again by %s, who hears of nothing', (_, entry, { id, told }) => {
    expect(kept([entry]).participants).toMatchObject([{ id, told, invited: 1 }]);
  });

  test('is as it was given: what an entry leaves out is gone, but for who is named by id alone', () => {
    const after = kept([
      { id: 'bob', email: 'Bob@example.org' },
      { id: 'both', name: 'Both' },
    ]);

    expect(after.participants).toEqual([
      { id: 'bob', email: 'Bob@example.org', told: 1, invited: 1 },
      { ...both, name: 'Both' },
    ]);
  });

  test('invites who is new, and tells the others nothing', () => {
    const after = kept([...same, { email: 'new@example.org' }]);

    expect(tolds(after)).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
      [2, 2],
    ]);
    expect(after.removed).toEqual([]);
  });

  test('takes off whoever is missing, told of it and remembered with the moment', () => {
    const after = kept([{ id: 'user' }]);

    expect(after.removed).toEqual([
      { ...bob, told: 2, takenOff: now },
      { ...both, told: 2, takenOff: now },
    ]);
  });

  test('makes a removal and an invitation of a changed address', () => {
    const after = kept([{ ...bob, email: 'robert@example.org' }, { id: 'both' }, { id: 'user' }]);

    expect(after.participants[0]).toMatchObject({
      id: id('new-1-1'),
      email: 'robert@example.org',
      told: 2,
      invited: 2,
    });
    expect(after.removed).toMatchObject([{ id: 'bob', email: 'Bob@example.org', told: 2 }]);
  });

  test('takes off only the address that was lost', () => {
    const after = kept([{ id: 'bob' }, { id: 'both', email: 'both@example.org' }, { id: 'user' }]);

    expect(after.participants[1]).toMatchObject({ id: id('new-1-1'), email: 'both@example.org' });
    expect(after.removed).toMatchObject([{ id: 'both', email: undefined, phone: '+34600000009' }]);
  });

  test('adds an address to somebody without telling them anew', () => {
    const after = kept([{ ...bob, phone: '+34600000007' }, { id: 'both' }, { id: 'user' }]);

    expect(after.participants[0]).toMatchObject({ id: 'bob', phone: '+34600000007', told: 1, invited: 1 });
    expect(after.removed).toEqual([]);
  });

  test('takes a user who was named by their id, and is named by an address now, off and invites them', () => {
    const after = kept([{ id: 'bob' }, { id: 'both' }, { userId: 'user-id', email: 'user@example.org' }]);

    expect(after.participants[2]).toMatchObject({ id: id('new-1-1'), told: 2 });
    expect(after.removed).toMatchObject([{ id: 'user', userId: 'user-id', told: 2 }]);
  });

  test('brings somebody back: nothing of them is left among those taken off', () => {
    const without = kept([{ id: 'both' }, { id: 'user' }]);
    const again = patched(without, { participants: [{ id: 'both' }, { id: 'user' }, { email: 'bob@example.org' }] });

    expect(without.removed).toHaveLength(1);
    expect(again.removed).toEqual([]);
    expect(again.participants[2]).toMatchObject({ told: 3, invited: 3 });
  });

  test('splits one participant in two who share their addresses', () => {
    const after = kept([{ id: 'bob' }, { email: 'both@example.org' }, { phone: '+34600000009' }, { id: 'user' }]);

    expect(after.participants.map(({ id }) => id)).toEqual(['bob', id('new-1-1'), id('new-1-2'), 'user']);
    expect(after.removed).toEqual([]);
  });

  test('knows the organizer, and never takes them off', () => {
    const withAlice = kept([...same, { email: 'ALICE@example.org' }]);
    const without = patched(withAlice, { participants: same });

    expect(withAlice.participants[3]).toMatchObject({ userId: 'alice-id' });
    expect(without.removed).toEqual([]);
  });

  test.each<[why: string, participants: MeetingPatch['participants'], path: string, message: string]>([
    [
      'an unknown id',
      [{ id: 'bob' }, { id: 'eve' }],
      '/participants/1/id',
      'must be the id of a participant of this meeting',
    ],
    [
      'the id of somebody taken off',
      [{ id: 'gone' }],
      '/participants/0/id',
      'must be the id of a participant of this meeting',
    ],
    [
      'two ids of one address',
      [
        { id: 'bob', phone: '+34600000007' },
        { id: 'both', phone: '+34600000007' },
      ],
      '/participants/1/id',
      'differs from that of /participants/0, who is the same person',
    ],
    [
      'one id of two addresses',
      [
        { id: 'bob', email: 'a@b.cd' },
        { id: 'bob', email: 'c@d.ef' },
      ],
      '/participants/1/email',
      'differs from that of /participants/0, who is the same person',
    ],
  ])('refuses %s', (_, participants, path, message) => {
    const removed = [participantOf({ id: 'gone', email: 'gone@example.org', takenOff: now })];

    expect(() => patched({ ...meeting, removed }, { participants })).toThrow(
      expect.objectContaining({ errors: [{ path, message }] }),
    );
  });

  test('forgets who was taken off once nothing can be owed to them', () => {
    const removed = [6, 7, 8].map((days) =>
      participantOf({ id: `off-${days}`, email: `off-${days}@example.org`, takenOff: later(now, -days * day) }),
    );
    const after = patched({ ...meeting, removed }, { name: 'Review' });

    expect(after.removed.map(({ id }) => id)).toEqual(['off-6']);
  });

  test('is bounded, with those taken off, by what one row holds', () => {
    const many = (start: number) =>
      Array.from({ length: 2_000 }, (_, index) => ({ email: `${'x'.repeat(60)}-${start + index}@example.org` }));
    const full = patched(meetingOf(), { participants: many(0) });

    expect(full.participants).toHaveLength(2_000);
    expect(() => patched(full, { participants: many(2_000) })).toThrow(
      expect.objectContaining({
        errors: [{ path: '/participants', message: 'must fit, with the rest of the meeting, into 390,000 bytes' }],
      }),
    );
  });

  test('holds each address once, among those who take part and those taken off, whatever is done', () => {
    const entry = fc
      .record(
        {
          email: fc.constantFrom('a@b.cd', 'b@b.cd', 'c@b.cd', 'd@b.cd'),
          phone: fc.constantFrom('+346000001', '+346000002'),
        },
        { requiredKeys: [] },
      )
      .filter((one) => Object.keys(one).length > 0);
    fc.assert(
      fc.property(fc.array(fc.array(entry, { maxLength: 5 }), { maxLength: 8 }), (lists) => {
        let current = meetingOf();
        for (const participants of lists) {
          try {
            current = patched(current, { participants });
          } catch {
            // Entries that contradict each other are refused, and change nothing.
          }
        }
        const everybody = [...current.participants, ...current.removed];
        const ids = everybody.map(({ id }) => id);
        const addresses = current.participants.flatMap(({ email, phone }) => [email, phone]).filter(Boolean);

        expect(new Set(addresses).size).toBe(addresses.length);
        for (const { email, phone, told } of current.removed) {
          expect(email ?? phone).toBeDefined();
          expect(addresses).not.toContain(email ?? phone);
          expect(told).toBeLessThanOrEqual(current.sequence);
        }
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('a field', () => {
  const said = meetingOf({
    ...{ description: 'x', language: 'en', timeZone: 'America/Lima', linkName: 'alice' },
    ...{ sendInvitations: false, lobby: true, showAnswers: true },
  });

  test('that is taken back is what it is without a value', () => {
    const patch = { description: null, language: null, timeZone: null, lobby: null, showAnswers: null } as const;
    const after = patched(said, { ...patch, sendInvitations: null });

    expect([after.description, after.language]).toEqual([undefined, undefined]);
    expect(after).toMatchObject({ timeZone: 'UTC', sendInvitations: true, lobby: false, showAnswers: false });
  });

  test('that is not named stays as it is', () => {
    expect(patched(said, { name: 'Review' })).toMatchObject({
      ...said,
      name: 'Review',
      revision: 2,
      sequence: 2,
      updated: now,
    });
  });

  test('gives a new link where that is asked for, which is the meeting’s own', () => {
    const { key, linkName } = patched(said, { rotateLink: true });

    expect([key, linkName]).toEqual(['new-1-1'.padEnd(16, '-'), undefined]);
  });

  test('of the times is said once, where both are wrong', () => {
    const over = meetingOf({ validSince: later(now, -hour), validUntil: later(now, hour) });
    const wrong = { validSince: later(now, -10 * minute), validUntil: later(now, -5 * minute) };

    expect(() => patched(over, wrong)).toThrow(
      invalidInput([{ path: '/validSince', message: 'must not be more than 5 minutes in the past' }]),
    );
    expect(() => patched(over, { validUntil: later(now, -2 * hour) })).toThrow(
      invalidInput([{ path: '/validUntil', message: 'must be after validSince' }]),
    );
  });
});

describe('who is named by a change', () => {
  const meeting = meetingOf({ participants: [bob, user] });
  const change = (patch: MeetingPatch, circumstances: Partial<Parameters<typeof patchMeeting>[2]>, of = meeting) => {
    const newId = (length: number) => 'new'.padEnd(length, '-');
    return patchMeeting(of, patch, {
      ...{ organizer: alice, timeZone: 'UTC', languages: ['en'], now, newId },
      ...circumstances,
    });
  };

  test('must be known as a user, but for who takes part already', () => {
    const unknownUsers = new Set(['user-id', 'nobody']);
    const participants = [{ id: 'bob' }, { userId: 'user-id' }];

    expect(change({ participants }, { unknownUsers })).toBe(meeting);
    expect(() => change({ participants: [...participants, { userId: 'nobody' }] }, { unknownUsers })).toThrow(
      invalidInput([{ path: '/participants/2/userId', message: 'must be the id of a known user' }]),
    );
  });

  test('stays who they are as the user whose address they were invited by', () => {
    const owners = new Map([['bob@example.org', 'bob-id']]);
    const participants = [{ userId: 'bob-id' }, { id: 'user' }];
    const after = change({ participants }, { owners });

    expect(after.participants).toEqual([
      { id: 'bob', userId: 'bob-id', email: 'Bob@example.org', phone: undefined, told: 1, invited: 1 },
      { id: 'user', userId: 'user-id', told: 1, invited: 1 },
    ]);
    expect(after.removed).toEqual([]);
    expect(change({ participants }, {}).removed).toMatchObject([{ id: 'bob', told: 2 }]);
  });

  test('must have a number that gets SMS, where the meeting speaks or begins to', () => {
    const smsReach = { planOf, countries: ['ES'] };
    const premium = participantOf({ id: 'premium', phone: '+34803123456' });
    const message = 'must not be a number of premium rate, shared cost, free of charge or of a pager: those get no SMS';
    const fault = invalidInput([{ path: '/participants/0/phone', message }]);
    const silent = meetingOf({ participants: [premium], sendInvitations: false });

    expect(() => change({ participants: [{ phone: '+34803123456' }] }, { smsReach })).toThrow(fault);
    expect(change({ name: 'Review' }, { smsReach }, silent).name).toBe('Review');
    expect(() => change({ sendInvitations: true }, { smsReach }, silent)).toThrow(fault);
    expect(change({ name: 'Review' }, { smsReach }, { ...silent, sendInvitations: true }).name).toBe('Review');
  });

  test('is forgotten a week after they were taken off, and never where nobody knows when', () => {
    const [recent, old, unknown] = [-7 * day + 1, -7 * day, undefined].map((ago, index) =>
      participantOf({
        ...{ id: `off-${index}`, email: `off-${index}@example.org` },
        ...(ago === undefined ? {} : { takenOff: later(now, ago) }),
      }),
    );
    const removed = [recent, old, unknown].filter((person) => person !== undefined);
    const after = change({ name: 'Review' }, {}, { ...meeting, removed });

    expect(after.removed.map((person) => person.id)).toEqual(['off-0', 'off-2']);
  });
});

describe('a cancellation', () => {
  test('tells all who take part, and nobody who was taken off before', () => {
    const gone = participantOf({ id: 'gone', email: 'gone@example.org', told: 2, takenOff: now });
    const after = cancelMeeting(meetingOf({ ...people, removed: [gone], revision: 7, sequence: 7 }), now);

    expect(after).toMatchObject({ status: 'cancelled', revision: 8, sequence: 8, updated: now, removed: [gone] });
    expect(tolds(after)).toEqual([
      [8, 1],
      [8, 1],
      [8, 1],
    ]);
    expect(cancelMeeting(after, now)).toBe(after);
  });

  test('of what has ended tells nobody', () => {
    const meeting = meetingOf(people);
    const after = cancelMeeting(meeting, meeting.validUntil);

    expect(after).toMatchObject({ status: 'cancelled', revision: 2, sequence: 1 });
    expect(tolds(after)).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });
});

describe('inviting again', () => {
  test('invites all who take part as if for the first time', () => {
    const after = inviteAgain(meetingOf({ ...people, revision: 3, sequence: 3 }), now);

    expect(after).toMatchObject({ revision: 4, sequence: 4, invitedAgain: now });
    expect(tolds(after)).toEqual([
      [4, 4],
      [4, 4],
      [4, 4],
    ]);
  });

  test.each([
    [0, 600],
    [1, 600],
    [9.5 * minute, 30],
    [10 * minute - 1, 1],
  ])('is refused %d ms after the last time, for %d s', (since, retryAfterSeconds) => {
    const meeting = inviteAgain(meetingOf(people), now);

    expect(() => inviteAgain(meeting, later(now, since))).toThrow(
      expect.objectContaining({
        code: 'resend-too-soon',
        message: 'All were invited again less than 10 minutes ago.',
        retryAfterSeconds,
      }),
    );
  });

  test('is refused where the meeting invites nobody', () => {
    expect(() => inviteAgain(meetingOf({ ...people, sendInvitations: false }), now)).toThrow(
      expect.objectContaining({
        code: 'invitations-silenced',
        message: 'This meeting has sendInvitations false: it invites nobody.',
      }),
    );
  });

  test('is accepted ten minutes after the last time, whatever was changed since', () => {
    const meeting = patched(inviteAgain(meetingOf(people), now), { name: 'Review' });

    expect(inviteAgain(meeting, later(now, 10 * minute)).revision).toBe(4);
  });
});

describe('a meeting that is over', () => {
  const over: [why: string, meeting: Meeting, code: string][] = [
    ['cancelled', meetingOf({ status: 'cancelled' }), 'meeting-cancelled'],
    ['ended', meetingOf({ validSince: later(now, -hour), validUntil: now }), 'meeting-ended'],
  ];

  test.each(over)('%s, refuses to be changed', (_, meeting, code) => {
    const refusal = expect.objectContaining({ kind: 'conflict', code });

    expect(() => patched(meeting, {})).toThrow(refusal);
    expect(() => inviteAgain(meeting, now)).toThrow(refusal);
  });
});
