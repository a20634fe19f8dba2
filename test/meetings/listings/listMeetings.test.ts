import { describe, expect, test } from 'vitest';
import { type FoundListing, listingPlaceOf, readListing } from '../../../functions/meetings/listings/foundListing.ts';
import { invitedRows, listingRow } from '../../../functions/meetings/listings/listing.ts';
import type { ListingStore } from '../../../functions/meetings/listings/listingStore.ts';
import { listMeetings } from '../../../functions/meetings/listings/listMeetings.ts';
import { type ListQuery, parseListQuery } from '../../../functions/meetings/listings/listQuery.ts';
import type { Meeting } from '../../../functions/meetings/meeting.ts';
import { UnreadableRow } from '../../../functions/runtime/refusals/unreadableRow.ts';
import type { Caller } from '../../../functions/users/caller.ts';
import { meetingOf, participantOf } from '../meetings.ts';

const now = new Date('2027-02-01T10:00:00Z');
const expiresAt = now.getTime() / 1_000 + 1;
const bob: Caller = {
  ...{ id: 'bob-id', username: 'bob', email: 'bob@example.org', phone: undefined },
  ...{ capabilities: new Set(), admin: false },
};
const named = participantOf({ id: 'bob', userId: 'bob-id' });

/** Entries of bob's, and what is asked of them. */
function entriesOf(found: readonly FoundListing[]) {
  const asked: { addresses: readonly string[]; after: string | undefined; limit: number }[] = [];
  const readAll: ListingStore['readAll'] = async (_, addresses, { after }, limit) => {
    asked.push({ addresses, after, limit });
    const behind = found.filter((entry) => after === undefined || listingPlaceOf(entry) > after);
    return { entries: behind.slice(0, limit), more: behind.length > limit };
  };
  return { readAll, asked };
}

const dayOf = (index: number) => new Date(Date.UTC(2027, 2, 1 + index, 10));
const idOf = (index: number) => `m${String(index).padStart(25, '0')}`;

function attended(index: number, changes: Partial<Meeting> = {}): FoundListing {
  const meeting = meetingOf({ id: idOf(index), validSince: dayOf(index), participants: [named], ...changes });
  return readListing(listingRow(meeting, { userId: 'bob-id', role: 'participant', named: [named] }, expiresAt));
}

function organized(index: number, changes: Partial<Meeting> = {}): FoundListing {
  const meeting = meetingOf({ id: idOf(index), validSince: dayOf(index), organizerId: 'bob-id', ...changes });
  return readListing(listingRow(meeting, { userId: 'bob-id', role: 'organizer' }, expiresAt));
}

const gone = (index: number): FoundListing => ({ sk: attended(index).sk, revision: 9 });
const query = (given: Record<string, string> = {}): ListQuery => parseListQuery(given, 'bob-id');
const idsOf = ({ listed }: { listed: readonly { meetingId: string }[] }) => listed.map(({ meetingId }) => meetingId);

async function list(found: readonly FoundListing[], given: Record<string, string> = {}, unreadable: string[] = []) {
  const { readAll, asked } = entriesOf(found);
  const meetingsRead: string[] = [];
  const get = async (id: string) => {
    meetingsRead.push(id);
    if (unreadable.includes(id)) throw new UnreadableRow({ pk: `MEETING#${id}`, sk: 'MEETING' }, ['status']);
    return meetingOf({ id });
  };
  const page = await listMeetings(query(given), bob, { listings: { readAll }, meetings: { get } }, now);
  return { page, asked, meetingsRead };
}

describe('a meeting in doubt', () => {
  const inDoubt = (found: FoundListing): FoundListing => ({ ...found, isDoubted: true });

  test('is looked at itself, and no other is; it is named where it cannot be read, and listed where it can', async () => {
    const found = [inDoubt(attended(0)), attended(1), inDoubt(organized(2))];
    const { page, meetingsRead } = await list(found, {}, [idOf(0), idOf(1)]);

    expect(meetingsRead).toEqual([idOf(0), idOf(2)]);
    expect(idsOf(page)).toEqual([idOf(1), idOf(2)]);
    const message = `Cannot read status of the row MEETING#${idOf(0)} MEETING`;
    expect([...page.unreadable].map(([id, fault]) => [id, fault.message])).toEqual([[idOf(0), message]]);
  });

  test('is not looked at where it is not asked for', async () => {
    const { page, meetingsRead } = await list([inDoubt(attended(0))], { role: 'organizer' }, [idOf(0)]);

    expect(meetingsRead).toEqual([]);
    expect(page.unreadable.size).toBe(0);
  });
});

describe('a page', () => {
  test('is read at once, with one entry more than it holds, of the user and of their addresses', async () => {
    const { page, asked } = await list(
      [0, 1, 2].map((index) => attended(index)),
      { limit: '2' },
    );

    expect(idsOf(page)).toEqual([idOf(0), idOf(1)]);
    expect(asked).toEqual([{ addresses: ['bob@example.org'], after: undefined, limit: 3 }]);
    expect(query({ cursor: `${page.cursor}` }).after).toBe(listingPlaceOf(attended(1)));
  });

  test('that holds the last has no cursor', async () => {
    const { page, asked } = await list(
      [0, 1].map((index) => attended(index)),
      { limit: '2' },
    );

    expect([idsOf(page), page.cursor, asked.length]).toEqual([[idOf(0), idOf(1)], undefined, 1]);
  });

  test.each([{ role: 'organizer' }, { status: 'cancelled' }])('of %j reads some more, and goes on', async (filter) => {
    const others = Array.from({ length: 30 }, (_, index) => attended(index));
    const { page, asked } = await list([...others, organized(30, { status: 'cancelled' })], { limit: '2', ...filter });

    expect([idsOf(page), page.cursor]).toEqual([[idOf(30)], undefined]);
    expect(asked.map(({ after, limit }) => [after, limit])).toEqual([
      [undefined, 25],
      [listingPlaceOf(attended(24)), 25],
    ]);
  });

  test('of more than that reads one entry more than it holds', async () => {
    const { asked } = await list([], { limit: '40', role: 'organizer' });

    expect(asked.map(({ limit }) => limit)).toEqual([41]);
  });

  test('ends after eight queries, with a cursor', async () => {
    const marks = Array.from({ length: 27 }, (_, index) => gone(index));
    const { page, asked } = await list([...marks, attended(27)], { limit: '2' });

    expect([page.listed, asked.length]).toEqual([[], 8]);
    expect(query({ cursor: `${page.cursor}` }).after).toBe(listingPlaceOf(gone(23)));
  });
});

describe('an entry', () => {
  test('of a meeting that this release cannot read is said by its id', async () => {
    const row = listingRow(meetingOf({ id: idOf(1) }), { userId: 'bob-id', role: 'organizer' }, expiresAt);
    const { page } = await list([attended(0), readListing({ ...row, status: 'tentative' })]);

    expect(idsOf(page)).toEqual([idOf(0)]);
    expect([...page.unreadable].map(([id, { message }]) => [id, message])).toEqual([
      [idOf(1), `Cannot read status of the row USER#bob-id ${row.sk}`],
    ]);
  });

  test('that has expired is left out', async () => {
    const row = (at: number) =>
      listingRow(meetingOf({ organizerId: 'bob-id' }), { userId: 'bob-id', role: 'organizer' }, at);

    expect(idsOf((await list([readListing(row(expiresAt - 1))])).page)).toEqual([]);
    expect(idsOf((await list([readListing(row(expiresAt))])).page)).toHaveLength(1);
  });

  test.each([
    ['organizer', ['scheduled', 'ended', 'cancelled'], [0, 1, 2]],
    ['organizer', ['scheduled'], [0]],
    ['organizer', ['ended'], [1]],
    ['organizer', ['cancelled'], [2]],
    ['participant', ['scheduled', 'ended', 'cancelled'], [3]],
  ])('is wanted as %s where it is %j', async (role, statuses, expected) => {
    const ended = { validUntil: now };
    const all = [organized(0), organized(1, ended), organized(2, { ...ended, status: 'cancelled' }), attended(3)];
    const ids = new Set<string>();
    for (const status of statuses) for (const id of idsOf((await list(all, { role, status })).page)) ids.add(id);

    expect([...ids].sort()).toEqual(expected.map(idOf));
  });

  test.each<[string, number[], number]>([
    ['before', [1, 2], 1],
    ['after', [2, 1], 0],
  ])(
    'of a meeting that is being moved, its later revision %s the other, counts once',
    async (_, revisions, expected) => {
      const id = idOf(7);
      const found = revisions.map((revision, index) => attended(index, { id, revision }));
      const { page } = await list(found);

      expect(page.listed.map(({ validSince, revision }) => [validSince, revision])).toEqual([[dayOf(expected), 2]]);
    },
  );
});

describe('an entry is for', () => {
  const of = (changes: Partial<Meeting>, as: Parameters<typeof listingRow>[1]) =>
    readListing(listingRow(meetingOf(changes), as, expiresAt));
  const asParticipant = (...people: Parameters<typeof participantOf>[0][]) => {
    const row = { userId: 'bob-id', role: 'participant', named: people.map(participantOf) } as const;
    return of({}, row);
  };

  test.each<[string, FoundListing, number]>([
    ['whoever is named as a user', asParticipant({ id: 'p', userId: 'bob-id' }), 1],
    ['whoever has the address', asParticipant({ id: 'p', email: 'BOB@example.org' }), 1],
    ['whoever is one of several', asParticipant({ id: 'p', email: 'x@example.org' }, { id: 'q', userId: 'bob-id' }), 1],
    ['nobody who gave the address up', asParticipant({ id: 'p', email: 'before@example.org' }), 0],
    ['nobody but the user who is named', asParticipant({ id: 'p', userId: 'x-id', email: 'bob@example.org' }), 0],
    ['nobody where it names nobody', asParticipant(), 0],
    ['its organizer', of({ organizerId: 'bob-id' }, { userId: 'bob-id', role: 'organizer' }), 1],
    ['no organizer of before', of({}, { userId: 'bob-id', role: 'organizer' }), 0],
    [
      'no organizer as a participant',
      of({ organizerId: 'bob-id' }, { userId: 'bob-id', role: 'participant', named: [named] }),
      0,
    ],
  ])('%s', async (_, found, expected) => {
    expect((await list([found])).page.listed).toHaveLength(expected);
  });

  test('whoever has the address, under that', async () => {
    const [row = { pk: '', sk: '' }] = invitedRows(
      meetingOf({ participants: [participantOf({ id: 'p', email: 'bob@example.org' })] }),
      expiresAt,
    );

    expect(row.pk).toBe('EMAIL#bob@example.org');
    expect((await list([readListing(row)])).page.listed).toHaveLength(1);
  });
});
