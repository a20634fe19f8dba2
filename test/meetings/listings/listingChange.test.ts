import { describe, expect, test } from 'vitest';
import type { ListingRow } from '../../../functions/meetings/listings/listing.ts';
import { formerlyListed, listingChange } from '../../../functions/meetings/listings/listingChange.ts';
import { meetingOf, participantOf } from '../meetings.ts';

const now = new Date('2027-02-01T10:00:00.500Z');
const [ana, ben] = ['ana', 'ben'].map((id) => participantOf({ id, email: `${id}@example.org` }));
const meeting = meetingOf({ revision: 4, participants: ana ? [ana] : [], removed: ben ? [ben] : [] });
const keyOf = (pk: string, sk = 'MEETING#now') => ({ pk, sk });
const row: ListingRow = { ...keyOf('EMAIL#ana'), revision: 4 };
const formerOf = (pk: string, participantId: string, sk?: string) => ({ key: keyOf(pk, sk), participantId });

describe('the entries of a meeting after a change', () => {
  test('are those that it has now, at its revision', () => {
    expect(listingChange(meeting, { rows: [row], keys: [row], former: [] }, now)).toEqual({
      revision: 4,
      rows: [row],
      erased: [],
    });
  });

  test('leave a mark for two days where the meeting was, of whoever takes part or was taken off', () => {
    const former = [formerOf('EMAIL#ana', 'ana', 'MEETING#before'), formerOf('EMAIL#ben', 'ben')];
    const mark = { meetingId: meeting.id, revision: 4, gone: true, expiresAt: 1_801_648_800 };

    expect(new Date(mark.expiresAt * 1_000).toISOString()).toBe('2027-02-03T10:00:00.000Z');
    expect(listingChange(meeting, { rows: [row], keys: [row], former }, now)).toEqual({
      revision: 4,
      rows: [row, { ...keyOf('EMAIL#ana', 'MEETING#before'), ...mark }, { ...keyOf('EMAIL#ben'), ...mark }],
      erased: [],
    });
  });

  test('leave nothing of whoever was erased, but where somebody else had the same', () => {
    const former = [formerOf('EMAIL#eve', 'eve'), formerOf('EMAIL#two', 'eve'), formerOf('EMAIL#two', 'ben')];
    const { rows, erased } = listingChange(meeting, { rows: [], keys: [], former }, now);

    expect(erased).toEqual([keyOf('EMAIL#eve')]);
    expect(rows.map(({ pk, gone }) => [pk, gone])).toEqual([['EMAIL#two', true]]);
  });

  test('leave what it has at the same key as it is, whoever had it before', () => {
    const former = [formerOf('EMAIL#ana', 'ben'), formerOf('USER#ana', 'ana')];

    expect(listingChange(meeting, { rows: [row], keys: [row, keyOf('USER#ana')], former }, now)).toEqual({
      revision: 4,
      rows: [row],
      erased: [],
    });
  });
});

describe('whose entries may be stale', () => {
  const before = { id: meeting.id, validSince: meeting.validSince, participants: [{ id: 'ana' }, { id: 'ben' }] };

  test('is whoever takes part no more', () => {
    expect(formerlyListed(before, meeting)).toEqual({ ...before, participants: [{ id: 'ben' }] });
  });

  test('is everybody, where it was moved', () => {
    const moved = { ...before, validSince: new Date(meeting.validSince.getTime() + 1) };

    expect(formerlyListed(moved, meeting)).toEqual(moved);
  });
});
