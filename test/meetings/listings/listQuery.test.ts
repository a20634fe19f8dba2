import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { meetingCursor, parseListQuery } from '../../../functions/meetings/listings/listQuery.ts';
import { invalidInput } from '../../../functions/runtime/refusal.ts';

const place = '2027-03-01T10:00:00.000Z#abc';
const entry = { sk: `MEETING#${place}`, meetingId: 'abc', revision: 1 };

/** A cursor as this service makes it, of any text. */
function sealed(text: string, userId: string): string {
  const seal = createHash('sha256').update(`${userId}\n${text}`).digest('base64url').slice(0, 16);
  return Buffer.from(seal + text).toString('base64url');
}

const refusal = (query: Record<string, string>) => {
  try {
    return parseListQuery(query, 'alice-id');
  } catch (error) {
    return error;
  }
};

test('a query asks for fifty entries where it says nothing', () => {
  expect(parseListQuery({}, 'alice-id')).toEqual({ limit: 50 });
});

test('the bounds are instants, of which no entry is later than the last that sorts', () => {
  const [first, last] = ['2027-03-01T10:00:00+01:00', String(8_640_000_000_000_000)];
  const { from, until } = parseListQuery({ from: first, until: last }, 'alice-id');

  expect([from, until]).toEqual([new Date('2027-03-01T09:00:00Z'), new Date('9999-12-31T23:59:59.999Z')]);
  expect(parseListQuery({ until: first }, 'alice-id')).toEqual({
    limit: 50,
    until: new Date('2027-03-01T09:00:00Z'),
  });
});

test('the second bound comes after the first', () => {
  const bound = '2027-03-01T10:00:00Z';

  expect(refusal({ from: bound, until: bound })).toEqual(
    invalidInput([{ path: '/until', message: 'must be after from' }]),
  );
});

test('a cursor leads its user to the place that it was made at', () => {
  expect(meetingCursor(entry, 'alice-id')).toBe(sealed(place, 'alice-id'));
  expect(parseListQuery({ cursor: meetingCursor(entry, 'alice-id') }, 'alice-id')).toEqual({ limit: 50, after: place });
});

test.each([
  ['another user’s', sealed(place, 'bob-id')],
  ['of no place', sealed('2027-03-01#abc', 'alice-id')],
  ['of a place with more behind it', sealed(`${place}#`, 'alice-id')],
  ['whose seal was changed', sealed(place, 'alice-id').replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))],
])('a cursor %s is refused', (_, cursor) => {
  expect(refusal({ cursor })).toMatchObject({ errors: [{ path: '/cursor' }] });
  expect(refusal({ cursor })).toEqual(refusal({ cursor: 'AAAA' }));
});
