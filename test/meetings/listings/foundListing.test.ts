import { describe, expect, test } from 'vitest';
import {
  entrySchema,
  type FoundListing,
  latestListings,
  listedMeetingId,
  listingPlaceOf,
  readListing,
} from '../../../functions/meetings/listings/foundListing.ts';
import {
  addressEntryKeys,
  invitedKeys,
  invitedRows,
  listingRow,
} from '../../../functions/meetings/listings/listing.ts';
import { meetingOf, participantOf } from '../meetings.ts';

const sk = 'MEETING#2027-03-01T10:00:00.000Z#meeting00000000000000000';
const attended = participantOf({ id: 'bob', userId: 'bob-id', email: 'Bob@example.org', name: 'Bob' });
const meeting = meetingOf({ revision: 3, pin: '123456789', participants: [attended] });

describe('an entry', () => {
  test('of a participant is found as it was written: with the facts of the meeting, and how that names them', () => {
    const row = listingRow(meeting, { userId: 'bob-id', role: 'participant', named: [attended] }, 1_900_000_000);
    const { id: meetingId, participants, removed, seal, organizer, ...facts } = meeting;

    expect(row).toMatchObject({ pk: 'USER#bob-id', sk, revision: 3, validSince: '2027-03-01T10:00:00.000Z' });
    expect(readListing(row)).toEqual({
      sk,
      revision: 3,
      listing: {
        ...{
          sk,
          meetingId,
          ...facts,
          role: 'participant',
          isPasswordProtected: false,
          participantCount: 1,
          expiresAt: 1_900_000_000,
        },
        named: [{ userId: 'bob-id', email: 'Bob@example.org', phone: undefined }],
      },
    });
    expect(JSON.stringify(row)).not.toContain(`${seal}`);
  });

  test('of an organizer names nobody', () => {
    const row = listingRow(meeting, { userId: 'alice-id', role: 'organizer' }, 1_900_000_000);

    expect(row).toMatchObject({ pk: 'USER#alice-id', sk, role: 'organizer', named: [] });
  });

  test('that marks that the meeting is listed there no more has neither', () => {
    expect(readListing({ pk: 'USER#bob-id', sk, meetingId: meeting.id, revision: 4, gone: true })).toEqual({
      sk,
      revision: 4,
    });
  });

  test('of a status that is not known is a fault, which names its row', () => {
    const row = listingRow(meeting, { userId: 'bob-id', role: 'organizer' }, 1_900_000_000);
    const { fault, ...found } = readListing({ ...row, status: 'tentative', revision: 'x' });

    expect(found).toEqual({ sk, revision: 0 });
    expect(fault?.message).toBe(`Cannot read status, revision of the row USER#bob-id ${sk}`);
    expect(listedMeetingId({ sk })).toBe(meeting.id);
    expect(listingPlaceOf({ sk })).toBe(`2027-03-01T10:00:00.000Z#${meeting.id}`);
  });

  test.each([{ named: [{ userId: 5 }] }, { named: ['bob'] }, { participantCount: '1' }, { expiresAt: undefined }])(
    'of %j is a fault',
    (wrong) => {
      const row = listingRow(meeting, { userId: 'bob-id', role: 'organizer' }, 1_900_000_000);

      expect(readListing({ ...row, ...wrong })).toMatchObject({ sk, revision: 3, fault: { name: 'UnreadableRow' } });
    },
  );

  test.each([
    ...['key', 'pin', 'linkName', 'organizerId', 'name', 'description', 'language', 'timeZone', 'validSince'],
    ...[
      'validUntil',
      'sendInvitations',
      'lobby',
      'showAnswers',
      'cohostsManage',
      'isPasswordProtected',
      'sequence',
      'created',
      'updated',
    ],
  ])('whose %s is not as this release knows it is a fault', (field) => {
    const row = listingRow(meeting, { userId: 'bob-id', role: 'organizer' }, 1_900_000_000);

    expect(readListing({ ...row, [field]: { another: 'form' } }).fault?.message).toBe(
      `Cannot read ${field} of the row USER#bob-id ${sk}`,
    );
  });

  test('is known by its key, its meeting and its revision, whatever else it holds', () => {
    const gone = { sk, meetingId: 'm', revision: 3, organizerId: 'alice-id', gone: true, colour: 7 };

    expect(entrySchema.parse(gone)).toEqual(gone);
    expect(entrySchema.parse({ sk, meetingId: 'm' })).toEqual({ sk, meetingId: 'm', revision: 0 });
    for (const wrong of [{ sk: 1 }, { meetingId: undefined }, { revision: '3' }, { organizerId: 5 }, { gone: 'yes' }])
      expect(entrySchema.safeParse({ ...gone, ...wrong }).success).toBe(false);
  });

  test('of a role that is not known is that of a participant', () => {
    const row = listingRow(meeting, { userId: 'bob-id', role: 'organizer' }, 1_900_000_000);

    expect(readListing({ ...row, role: 'cohost' }).listing?.role).toBe('participant');
  });
});

describe('those who are named', () => {
  const people = [
    attended,
    participantOf({ id: 'phone', phone: '+34600000002' }),
    participantOf({ id: 'same', userId: 'carol-id', phone: '+34600000002' }),
    participantOf({ id: 'self', userId: 'alice-id', email: 'alice@example.org' }),
  ];
  const of = meetingOf({ revision: 2, participants: people });

  test('have an entry under each user and address, but the organizer as a user', () => {
    const rows = invitedRows(of, 1_900_000_000);

    expect(rows.map(({ role }) => role)).toEqual(rows.map(() => 'participant'));
    expect(rows.map(({ pk, named }) => [pk, named])).toEqual([
      ['USER#bob-id', [{ userId: 'bob-id', email: 'Bob@example.org', phone: undefined }]],
      ['EMAIL#bob@example.org', [{ userId: 'bob-id', email: 'Bob@example.org', phone: undefined }]],
      [
        'PHONE#+34600000002',
        [
          { userId: undefined, email: undefined, phone: '+34600000002' },
          { userId: 'carol-id', email: undefined, phone: '+34600000002' },
        ],
      ],
      ['USER#carol-id', [{ userId: 'carol-id', email: undefined, phone: '+34600000002' }]],
      ['EMAIL#alice@example.org', [{ userId: 'alice-id', email: 'alice@example.org', phone: undefined }]],
    ]);
    for (const row of rows)
      expect(readListing(row)).toMatchObject({
        sk,
        revision: 2,
        listing: { role: 'participant', participantCount: 4 },
      });
    expect(invitedKeys(of, 'alice-id')).toEqual(rows.map(({ pk }) => ({ pk, sk })));
  });

  test('have those under their addresses by keys of their own', () => {
    expect(addressEntryKeys(of, attended)).toEqual([{ pk: 'EMAIL#bob@example.org', sk }]);
    expect(addressEntryKeys(of, { userId: 'bob-id' })).toEqual([]);
  });
});

test('a mark that one was taken off as a user counts less than an entry of the same revision for one’s address', () => {
  const row = listingRow(meeting, { userId: 'bob-id', role: 'participant', named: [attended] }, 1_900_000_000);
  const entry = readListing(row);
  const markOf = (revision: number): FoundListing => ({ sk, revision });
  const { listing, ...unread } = readListing({ ...row, status: 'tentative' });

  expect(latestListings([[markOf(3)], [entry]])).toEqual([entry]);
  expect(latestListings([[entry], [markOf(3)]])).toEqual([entry]);
  expect(latestListings([[markOf(4)], [entry]])).toEqual([markOf(4)]);
  expect(latestListings([[unread], [entry]])).toEqual([unread]);
});

test('a doubt of an entry is one of all that say the same, and none of what is newer', () => {
  const entry = (revision: number) => {
    const row = listingRow({ ...meeting, revision }, { userId: 'bob-id', role: 'organizer' }, 1_900_000_000);
    return { own: readListing(row), inDoubt: readListing({ ...row, doubted: true }) };
  };
  const [third, fourth] = [entry(3), entry(4)];

  expect(third.inDoubt.isDoubted).toBe(true);
  expect(latestListings([[third.own], [third.inDoubt]])).toEqual([{ ...third.own, isDoubted: true }]);
  expect(latestListings([[third.inDoubt], [third.own]])).toEqual([third.inDoubt]);
  expect(latestListings([[fourth.own], [third.inDoubt]])).toEqual([fourth.own]);
});

test('of what is found in several places each meeting counts once, at its latest revision, in order', () => {
  const { listing } = readListing(listingRow(meeting, { userId: 'bob-id', role: 'organizer' }, 1_900_000_000));
  const found = (place: string, revision: number, from: string) => {
    return { sk: `MEETING#${place}`, revision, ...(listing ? { listing } : {}), from };
  };
  const own = [found('b', 2, 'own'), found('d', 5, 'own')];
  const byMail = [found('a', 1, 'mail'), found('b', 3, 'mail'), found('d', 5, 'mail')];
  const byPhone = [found('c', 1, 'phone'), found('b', 1, 'phone')];

  expect(latestListings([own, byMail, byPhone])).toEqual([
    found('a', 1, 'mail'),
    found('b', 3, 'mail'),
    found('c', 1, 'phone'),
    found('d', 5, 'own'),
  ]);
});
