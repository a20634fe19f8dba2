import { describe, expect, test } from 'vitest';
import {
  type Answering,
  faultOf,
  type GivenAnswer,
  localTime,
  proposedTimes,
  statusInFragment,
} from '../../functions/pages/room/answering/answering.ts';
import { reduceAnswering } from '../../functions/pages/room/answering/reduceAnswering.ts';
import { replyOf } from '../../functions/pages/room/door/answerDoor.ts';

const now = Date.parse('2027-03-01T09:00:00Z');
const typed = { status: 'accepted', comment: '', time: '', isTimeIncomplete: false } as const;
const first = { validSince: '2027-03-02T09:30:00.000Z', validUntil: '2027-03-02T10:00:00.000Z' };
const second = { validSince: '2027-03-03T09:30:00.000Z', validUntil: '2027-03-03T10:30:00.000Z' };
const past = { validSince: '2027-02-03T09:30:00.000Z', validUntil: '2027-02-03T10:30:00.000Z' };
const given: GivenAnswer = { status: 'declined', comment: 'Sorry', proposed: [past, first, second] };

function asked(changes: { given?: GivenAnswer; chosen?: 'accepted' } = {}): Answering | undefined {
  const invitation = { sequence: 3, given: changes.given };
  return reduceAnswering(undefined, { type: 'invited', invitation, chosen: changes.chosen }, now);
}

describe('the fields of an answer', () => {
  test.each([
    [{ ...typed, status: undefined }, 'status-needed'],
    [{ ...typed, comment: 'x'.repeat(501) }, 'comment-long'],
    [{ ...typed, comment: 'x'.repeat(500) }, undefined],
    [{ ...typed, isTimeIncomplete: true }, 'time-incomplete'],
    [{ ...typed, time: localTime('2027-03-01T09:00:00Z') }, 'time-past'],
    [{ ...typed, time: localTime('2027-03-01T09:01:00Z') }, undefined],
  ] as const)('%j have the fault %s', (fields, fault) => {
    expect(faultOf(fields, now)).toBe(fault);
  });

  test('propose the time that was typed, and the others that were proposed elsewhere and may still come', () => {
    const shown = localTime(first.validSince);
    expect(proposedTimes({ typed: { ...typed, time: shown }, given }, now)).toEqual([first, second]);
    expect(proposedTimes({ typed, given }, now)).toEqual([second]);
    const other = localTime('2027-03-05T15:00:00Z');
    expect(proposedTimes({ typed: { ...typed, time: other }, given }, now)).toEqual([
      { validSince: '2027-03-05T15:00:00.000Z' },
      second,
    ]);
    expect(proposedTimes({ typed, given: undefined }, now)).toEqual([]);
  });
});

test.each([
  ['#answer=accepted', 'accepted'],
  ['#answer=tentative', 'tentative'],
  ['#answer=declined', 'declined'],
  ['#answer=needsAction', undefined],
  ['#host=token', undefined],
  ['', undefined],
])('a link that ends in "%s" chooses %s', (fragment, status) => {
  expect(statusInFragment(fragment)).toBe(status);
});

describe('the question', () => {
  test('shows what was answered, and its fields only where a letter has chosen another', () => {
    expect(asked()).toMatchObject({ typed: { ...typed, status: undefined }, isEditing: true, isChosen: false });
    const fields = { status: 'declined', comment: 'Sorry', time: localTime(first.validSince) };
    expect(asked({ given })).toMatchObject({ typed: fields, isEditing: false });
    const chosen = { ...fields, status: 'accepted' };
    expect(asked({ given, chosen: 'accepted' })).toMatchObject({ typed: chosen, isEditing: true, isChosen: true });
  });

  test('keeps what was typed when the meeting has changed meanwhile', () => {
    const before = reduceAnswering(asked(), { type: 'answerTyped', typed: { comment: 'Half way' } }, now);
    const invitation = { sequence: 4, earlier: given };
    const after = reduceAnswering(before, { type: 'invited', invitation, chosen: undefined }, now);
    expect(after).toMatchObject({ sequence: 4, given: undefined, earlier: given, typed: { comment: 'Half way' } });
  });

  test('keeps it where the answer was refused, and until the next key is pressed says why', () => {
    const before = reduceAnswering(asked(), { type: 'answerTyped', typed }, now);
    const sending = reduceAnswering(before, { type: 'answerSending' }, now);
    expect(sending).toMatchObject({ isSending: true });
    const refused = reduceAnswering(sending, { type: 'answerRefused', fault: 'busy' }, now);
    expect(refused).toMatchObject({ typed, isSending: false, isEditing: true, fault: 'busy' });
    const typing = reduceAnswering(refused, { type: 'answerTyped', typed: { comment: 'a' } }, now);
    expect(typing?.fault).toBeUndefined();
  });

  test('is not there before the service has asked it', () => {
    expect(reduceAnswering(undefined, { type: 'answerChosen', status: 'accepted' }, now)).toBeUndefined();
  });
});

describe('the reply of the service', () => {
  test('says what was answered', () => {
    const answer = { status: 'declined', comment: 'Sorry', proposed: [first], when: first.validSince, sequence: 2 };
    const read = { status: 'declined', comment: 'Sorry', proposed: [first] };
    expect(replyOf(200, { sequence: 3, answer })).toEqual({ invitation: { sequence: 3, given: read } });
    const moved = { status: 'needsAction', earlier: answer };
    expect(replyOf(200, { sequence: 3, answer: moved })).toEqual({ invitation: { sequence: 3, earlier: read } });
    expect(replyOf(200, { sequence: 0, answer: { status: 'needsAction' } })).toEqual({ invitation: { sequence: 0 } });
  });

  test.each([
    [400, { errors: [{ path: '/comment', message: 'x' }] }, 'comment-unfit'],
    [400, { errors: [{ path: '/proposed/0/validSince', message: 'x' }] }, 'time-unfit'],
    [400, { errors: [{ path: '/sequence', message: 'x' }] }, 'unreachable'],
    [404, { code: 'no-such-room' }, 'not-invited'],
    [410, { code: 'ended' }, 'ended'],
    [410, { code: 'cancelled' }, 'cancelled'],
    [429, { message: 'Too Many Requests' }, 'busy'],
    [503, undefined, 'unreachable'],
    [200, { answer: 'yes' }, 'unreachable'],
  ])('%i %j is %s', (status, body, fault) => {
    expect(replyOf(status, body)).toEqual({ fault });
  });
});
