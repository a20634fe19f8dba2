import { describe, expect, test } from 'vitest';
import type { Answer } from '../../functions/meetings/answers/answer.ts';
import { readListing } from '../../functions/meetings/listings/foundListing.ts';
import { listingRow } from '../../functions/meetings/listings/listing.ts';
import {
  entityTag,
  isPerson,
  ownEntry,
  presentListed,
  presentMeeting,
  statusOf,
  type View,
  viewerOf,
} from '../../functions/meetings/presentMeeting.ts';
import type { Caller } from '../../functions/users/caller.ts';
import { meetingOf, participantOf } from './meetings.ts';

const now = new Date('2027-02-15T10:00:00Z');
const place = { linkHost: 'https://meet.example.org', linkPath: '/m', pstnExtension: '+34999999999' };
const ana = participantOf({ id: 'ana', name: 'Ana', email: 'ana@example.org', language: 'ca' });
const ben = participantOf({ id: 'ben', userId: 'ben-id', phone: '+34930000001', phoneType: 'landline' });
const meeting = meetingOf({ participants: [ana, ben], pin: '123456789', description: 'The plan', language: 'es' });
const answerOf = (participantId: string, status: Answer['status']): [string, Answer] => {
  const facts = { how: 'page', sequence: 1, expiresAt: 1, when: new Date('2027-02-02T10:00:00Z') };
  return [participantId, { participantId, status, ...facts }];
};
const answers = new Map([answerOf('ana', 'accepted')]);
const callerOf = (changes: Partial<Caller>): Caller => ({
  ...{ id: 'x', username: 'x', email: undefined, phone: undefined, capabilities: new Set(), admin: false },
  ...changes,
});

describe('a meeting is seen', () => {
  test.each<[string, Partial<Caller>, string | undefined]>([
    ['by its organizer as such', { id: 'alice-id' }, 'organizer'],
    ['by an admin as by its organizer', { admin: true }, 'organizer'],
    ['by a participant', { email: 'ANA@example.org' }, 'participant'],
    ['by whoever is named as a user', { id: 'ben-id' }, 'participant'],
    ['by nobody who has the number of a user who is named', { phone: '+34930000001' }, undefined],
    ['by nobody else', { id: 'eve-id', email: 'eve@example.org' }, undefined],
  ])('%s', (_, changes, expected) => {
    expect(viewerOf(meeting, callerOf(changes))).toBe(expected);
  });

  test('by each as the entry that means them', () => {
    expect(ownEntry(meeting, callerOf({ id: 'ben-id' }))).toBe(ben);
    expect(ownEntry(meeting, callerOf({ email: 'ana@example.org' }))).toBe(ana);
    expect(ownEntry(meeting, callerOf({ id: 'eve-id', phone: '+34930000001' }))).toBeUndefined();
    expect(isPerson({ phone: '+525512345678' }, callerOf({ phone: '+5215512345678' }))).toBe(true);
    expect(isPerson({}, callerOf({}))).toBe(false);
  });
});

describe('a meeting is shown', () => {
  const facts = {
    ...{ id: meeting.id, name: 'Planning', description: 'The plan', language: 'es', timeZone: 'Europe/Madrid' },
    ...{ validSince: '2027-03-01T10:00:00.000Z', validUntil: '2027-03-01T11:00:00.000Z', status: 'scheduled' },
    ...{ url: `https://meet.example.org/m/${meeting.id}.${meeting.key}`, organizerId: 'alice-id' },
    ...{ ddi: { extension: '+34999999999', pin: '123456789' }, sendInvitations: true, lobby: false },
    ...{ showAnswers: false, cohostsManage: false, isPasswordProtected: false, revision: 1, sequence: 1 },
    ...{ created: '2027-02-01T10:00:00.000Z', updated: '2027-02-01T10:00:00.000Z' },
    answers: { accepted: 1, tentative: 0, declined: 0, needsAction: 1 },
  };
  const accepted = { status: 'accepted', when: '2027-02-02T10:00:00.000Z', how: 'page', sequence: 1 };
  const shown = (view: Omit<View, 'names'>, of = meeting, names = new Map<string, string>()) =>
    JSON.parse(JSON.stringify(presentMeeting(of, { ...view, names }, place, now)));

  test('to its organizer with the addresses, and all of the answers', () => {
    expect(shown({ viewer: 'organizer', answers })).toEqual({
      ...facts,
      participants: [
        { id: 'ana', name: 'Ana', email: 'ana@example.org', language: 'ca', answer: accepted },
        {
          ...{ id: 'ben', userId: 'ben-id', phone: '+34930000001', phoneType: 'landline' },
          answer: { status: 'needsAction' },
        },
      ],
    });
  });

  test('to a participant without addresses, with their own answer alone', () => {
    expect(shown({ viewer: 'participant', own: ana, answers })).toEqual({
      ...facts,
      participants: [{ id: 'ana', name: 'Ana', answer: accepted }, { id: 'ben' }],
    });
    expect(shown({ viewer: 'participant', own: ben, answers }).participants).toEqual([
      { id: 'ana', name: 'Ana' },
      { id: 'ben', answer: { status: 'needsAction' } },
    ]);
  });

  test('with what its people are called, whom it does not name itself', () => {
    const names = new Map([
      [meeting.organizerId, 'Olga Ros'],
      ['ben-id', 'Ben Pla'],
    ]);
    const { organizerName, participants } = shown({ viewer: 'participant', answers }, meeting, names);

    expect(organizerName).toBe('Olga Ros');
    expect(participants).toEqual([
      { id: 'ana', name: 'Ana' },
      { id: 'ben', name: 'Ben Pla' },
    ]);
  });

  test('to a participant with what the others answer, where it shows that', () => {
    const open = meetingOf({ ...meeting, showAnswers: true });

    expect(shown({ viewer: 'participant', answers }, open)).toEqual({
      ...facts,
      showAnswers: true,
      participants: [
        { id: 'ana', name: 'Ana', answer: { status: 'accepted' } },
        { id: 'ben', answer: { status: 'needsAction' } },
      ],
    });
  });
});

test('a meeting in a list says as what one sees it, and how many take part', () => {
  const row = listingRow(meeting, { userId: 'ben-id', role: 'participant', named: [ben] }, 1_900_000_000);
  const { listing } = readListing(row);
  const {
    participants,
    answers: counts,
    ...facts
  } = presentMeeting(meeting, { viewer: 'organizer', answers, names: new Map() }, place, now);

  expect(listing && presentListed(listing, place, now)).toEqual({ ...facts, role: 'participant', participantCount: 2 });
  expect([participants.length, counts.accepted]).toEqual([2, 1]);
});

test('a meeting has ended once its end has passed, unless it was cancelled', () => {
  const [before, end] = [new Date(meeting.validUntil.getTime() - 1), meeting.validUntil];

  expect([statusOf(meeting, before), statusOf(meeting, end)]).toEqual(['scheduled', 'ended']);
  expect(statusOf({ ...meeting, status: 'cancelled' }, end)).toBe('cancelled');
  expect(entityTag({ ...meeting, revision: 7 })).toBe('"7"');
});
