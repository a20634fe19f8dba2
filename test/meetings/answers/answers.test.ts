import { describe, expect, test } from 'vitest';
import { type Answer, standingOf } from '../../../functions/meetings/answers/answer.ts';
import { makeAnswer } from '../../../functions/meetings/answers/makeAnswer.ts';
import { countAnswers, presentAnswer } from '../../../functions/meetings/answers/presentAnswers.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { patchMeeting } from '../../../functions/meetings/patchMeeting.ts';
import { meetingOf, participantOf } from '../meetings.ts';

const now = new Date('2027-02-01T10:00:00Z');
const bob = participantOf({ id: 'bob', email: 'bob@example.org' });
const carol = participantOf({ id: 'carol', email: 'carol@example.org' });
const meeting = meetingOf({ participants: [bob, carol], sequence: 3 });
const facts = { how: 'page', now, expiresAt: 1_900_000_000 } as const;

const accepted = (sequence: number): Answer => {
  return { participantId: 'bob', status: 'accepted', when: now, how: 'page', sequence, expiresAt: 1 };
};
const patched = (patch: Parameters<typeof patchMeeting>[1], of: Meeting = meeting) =>
  patchMeeting(of, patch, { organizer: { id: 'alice-id' }, timeZone: 'UTC', languages: ['en'], now, newId: () => 'x' });

describe('an answer', () => {
  test('is to the meeting as it is now, where it names no sequence', () => {
    expect(makeAnswer(meeting, bob, { status: 'declined', comment: '' }, facts)).toEqual({
      participantId: 'bob',
      status: 'declined',
      when: now,
      how: 'page',
      sequence: 3,
      expiresAt: 1_900_000_000,
    });
  });

  test('proposes times that are as long as the meeting, where they name no end', () => {
    const [first, second] = ['2027-03-02T09:00:00Z', '2027-03-03T09:00:00Z'].map((text) => new Date(text));
    if (!first || !second) throw new Error('no times');
    const validUntil = new Date('2027-03-03T09:20:00Z');
    const input = {
      status: 'declined' as const,
      proposed: [{ validSince: first }, { validSince: second, validUntil }],
    };

    expect(makeAnswer(meeting, bob, input, facts).proposed).toEqual([
      { validSince: first, validUntil: new Date('2027-03-02T10:00:00Z') },
      { validSince: second, validUntil },
    ]);
  });

  test('is refused with times that no meeting can have, and a sequence that this one has not had', () => {
    const proposed = [
      { validSince: new Date('2027-03-02T09:00:00Z') },
      { validSince: new Date('2027-01-31T09:00:00Z'), validUntil: new Date('2027-01-31T08:00:00Z') },
    ];

    expect(() => makeAnswer(meeting, bob, { status: 'declined', proposed, sequence: 4 }, facts)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        errors: [
          { path: '/proposed/1/validSince', message: 'must not be more than 5 minutes in the past' },
          { path: '/proposed/1/validUntil', message: 'must be after validSince' },
          { path: '/sequence', message: 'must be a sequence that the meeting has had' },
        ],
      }),
    );
    expect(makeAnswer(meeting, bob, { status: 'declined', proposed: [], comment: 'No.', sequence: 2 }, facts)).toEqual({
      ...{ participantId: 'bob', status: 'declined', when: now, how: 'page', comment: 'No.' },
      ...{ sequence: 2, expiresAt: 1_900_000_000 },
    });
  });

  test('counts until the meeting is moved, and then stands beside what is needed', () => {
    const moved = patched({ validSince: new Date('2027-03-01T12:00:00Z') });
    const renamed = patched({ name: 'Review' }, moved);

    expect(meeting.timed).toBeUndefined();
    expect([moved.timed, moved.sequence]).toEqual([4, 4]);
    expect([renamed.timed, renamed.sequence]).toEqual([4, 5]);
    expect(standingOf(accepted(3), meeting)).toBe('accepted');
    expect(standingOf(accepted(3), moved)).toBe('needsAction');
    expect(standingOf(accepted(4), moved)).toBe('accepted');
    expect(standingOf(accepted(4), renamed)).toBe('accepted');
    const given = { status: 'accepted', when: '2027-02-01T10:00:00.000Z', how: 'page' };
    expect(presentAnswer(accepted(4), moved)).toEqual({ ...given, sequence: 4 });
    expect(presentAnswer(accepted(3), moved)).toEqual({ status: 'needsAction', earlier: { ...given, sequence: 3 } });
    expect(presentAnswer(undefined, moved)).toEqual({ status: 'needsAction' });
  });

  test('is moved on by a new end too, and by nothing else', () => {
    expect(patched({ validUntil: new Date('2027-03-01T12:00:00Z') }).timed).toBe(4);
    expect(patched({ rotateLink: true, description: 'The plan', showAnswers: true }).timed).toBeUndefined();
    expect(patched({ participants: [{ id: 'bob' }] }).timed).toBeUndefined();
  });
});

test('answers are counted by how those who take part stand', () => {
  const others = { ...accepted(3), participantId: 'gone' };
  const answers = new Map([
    ['bob', accepted(3)],
    ['gone', others],
  ]);

  expect(countAnswers(meeting, answers)).toEqual({ accepted: 1, tentative: 0, declined: 0, needsAction: 1 });
  expect(countAnswers({ ...meeting, timed: 4 }, answers)).toEqual({
    accepted: 0,
    tentative: 0,
    declined: 0,
    needsAction: 2,
  });
});
