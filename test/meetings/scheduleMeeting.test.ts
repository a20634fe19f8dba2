import { describe, expect, test } from 'vitest';
import type { NewMeetingInput } from '../../functions/meetings/meetingInput.ts';
import { durationFaults, isOrganizer, scheduleMeeting, startFaults } from '../../functions/meetings/scheduleMeeting.ts';
import type { SmsReach } from '../../functions/meetings/smsReach.ts';
import { invalidInput } from '../../functions/runtime/refusal.ts';
import { planOf } from '../../functions/users/numberPlan.ts';

const now = new Date('2027-02-15T12:00:00Z');
const validSince = new Date('2027-03-01T10:00:00Z');
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
const later = (date: Date, milliseconds: number) => new Date(date.getTime() + milliseconds);
const organizer = { id: 'alice-id', username: 'alice', email: 'alice@example.org', phone: '+34600000001' };
const spain: SmsReach = { planOf, countries: ['ES'] };
const input: NewMeetingInput = { name: 'Planning', participants: [], validSince };

function scheduled(changes: Partial<NewMeetingInput> = {}, smsReach?: SmsReach) {
  let ids = 0;
  const newId = (length: number) => {
    ids += 1;
    return `${ids}`.padEnd(length, '-');
  };
  const unknownUsers = new Set(['nobody']);
  const place = { timeZone: 'UTC', languages: ['en', 'es'], serviceAddress: 'meetings@example.org' };
  return scheduleMeeting({ ...input, ...changes }, { organizer, ...place, smsReach, unknownUsers, now, newId });
}

const refusalOf = (path: string, message: string) => invalidInput([{ path, message }]);

describe('a new meeting', () => {
  test('that says no more than it must lasts an hour, invites, and has no lobby', () => {
    expect(scheduled()).toEqual({
      ...{ id: '1'.padEnd(26, '-'), key: '2'.padEnd(16, '-'), seal: '3'.padEnd(26, '-') },
      ...{ organizerId: 'alice-id', organizer: { username: 'alice', email: 'alice@example.org' } },
      organizerEntry: { told: 0, invited: 0, calendarAddress: 'meetings@example.org' },
      ...{ name: 'Planning', description: undefined, language: undefined, timeZone: 'UTC' },
      ...{ validSince, validUntil: later(validSince, hour), participants: [], removed: [] },
      ...{ sendInvitations: true, lobby: false, showAnswers: false, status: 'scheduled' },
      ...{ revision: 1, sequence: 0, created: now, updated: now },
    });
  });

  test('says what is given', () => {
    const given = {
      ...{ validUntil: later(validSince, day), timeZone: 'Europe/Madrid', language: 'es', description: 'The plan' },
      ...{ sendInvitations: false, lobby: true, showAnswers: true },
    };

    expect(scheduled(given)).toMatchObject(given);
  });

  test('knows its organizer among those who take part, whom it tells at sequence 0', () => {
    const participants = [{ email: 'ALICE@example.org', name: 'Alice' }, { email: 'bob@example.org' }];

    expect(scheduled({ participants }).participants).toEqual([
      { id: '1'.padEnd(12, '-'), userId: 'alice-id', email: 'ALICE@example.org', name: 'Alice', told: 0, invited: 0 },
      { id: '2'.padEnd(12, '-'), email: 'bob@example.org', told: 0, invited: 0 },
    ]);
  });

  test('is refused with each of its faults', () => {
    const participants = [
      { userId: 'nobody' },
      { userId: 'bob-id', email: 'a@example.org' },
      { userId: 'bob-id', email: 'b@example.org' },
    ];
    const wrong = { validSince: later(now, -hour), validUntil: later(now, -2 * hour), language: 'fr', participants };

    expect(() => scheduled(wrong)).toThrow(
      invalidInput([
        { path: '/validSince', message: 'must not be more than 5 minutes in the past' },
        { path: '/validUntil', message: 'must be after validSince' },
        { path: '/language', message: 'must be one of the languages of this service: en, es' },
        { path: '/participants/0/userId', message: 'must be the id of a known user' },
        { path: '/participants/2/email', message: 'differs from that of /participants/1, who is the same person' },
      ]),
    );
  });

  test('that does not fit into one row is refused', () => {
    const long = 'x'.repeat(200);
    const participants = Array.from({ length: 1_500 }, (_, index) => ({ email: `p${index}@example.org`, name: long }));

    expect(() => scheduled({ participants })).toThrow(
      refusalOf('/participants', 'must fit, with the rest of the meeting, into 390,000 bytes'),
    );
  });

  test('asks only a meeting that invites for numbers that get SMS', () => {
    const participants = [{ phone: '+34803123456' }];
    const fault = 'must not be a number of premium rate, shared cost, free of charge or of a pager: those get no SMS';

    expect(() => scheduled({ participants }, spain)).toThrow(refusalOf('/participants/0/phone', fault));
    expect(scheduled({ participants, sendInvitations: false }, spain).participants).toHaveLength(1);
  });
});

describe('the start of a meeting', () => {
  test.each([
    ['five minutes ago', -5 * minute, []],
    ['more than that ago', -5 * minute - 1, ['must not be more than 5 minutes in the past']],
    ['five years ahead', 5 * 366 * day, []],
    ['more than that ahead', 5 * 366 * day + 1, ['must not be more than 5 years ahead']],
  ])('may be %s: %i ms, %j', (_, milliseconds, messages) => {
    const faults = messages.map((message) => ({ path: '/validSince', message }));

    expect(startFaults(later(now, milliseconds), now)).toEqual(faults);
  });
});

describe('the end of a meeting', () => {
  test.each([
    ['before its start', -1, ['must be after validSince']],
    ['its start', 0, ['must be after validSince']],
    ['less than a minute after it', minute - 1, ['must be at least a minute after validSince']],
    ['half a second after it', second / 2, ['must be at least a minute after validSince']],
    ['a minute after it', minute, []],
    ['31 days after it', 31 * day, []],
    ['more than that after it', 31 * day + 1, ['must be at most 31 days after validSince']],
  ])('may be %s: %i ms, %j', (_, milliseconds, messages) => {
    const faults = messages.map((message) => ({ path: '/validUntil', message }));

    expect(durationFaults(validSince, later(validSince, milliseconds))).toEqual(faults);
  });
});

test.each([
  [{ userId: 'alice-id' }, true],
  [{ userId: 'bob-id', email: 'alice@example.org' }, false],
  [{ email: 'ALICE@example.org' }, true],
  [{ phone: '+34600000001' }, true],
  [{ email: 'bob@example.org', phone: '+34600000002' }, false],
])('whoever is named by %j is the organizer: %s', (person, expected) => {
  expect(isOrganizer(person, organizer)).toBe(expected);
});
