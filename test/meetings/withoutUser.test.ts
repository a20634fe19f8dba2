import { describe, expect, test } from 'vitest';
import { withoutDeleted, withoutUser } from '../../functions/meetings/withoutUser.ts';
import { meetingOf, participantOf } from './meetings.ts';

const now = new Date('2027-03-01T09:00:00Z');
const afterwards = new Date('2027-03-02T09:00:00Z');
const ana = { id: 'ana-id', email: 'ana@example.org', phone: '+34600000001' };
const others = [participantOf({ id: 'bob', email: 'bob@example.org' }), participantOf({ id: 'eve', userId: 'eve-id' })];

describe('a meeting without a user', () => {
  test.each([
    { userId: 'ana-id' },
    { userId: 'ana-id', email: 'elsewhere@example.org' },
    { email: 'Ana@Example.org' },
    { phone: '+34600000001' },
    { email: 'other@example.org', phone: '+34600000001' },
  ])('has nobody like %j', (person) => {
    const meeting = meetingOf({ participants: [participantOf({ id: 'ana', ...person }), ...others] });
    const without = withoutUser(meeting, ana, now);

    expect(without).toEqual({ ...meeting, participants: others, revision: 2, updated: now });
  });

  test('has them neither among those who were taken off', () => {
    const removed = [
      participantOf({ id: 'ana', email: 'ana@example.org' }),
      participantOf({ id: 'joe', phone: '+34600000009' }),
    ];
    const without = withoutUser(meetingOf({ participants: others, removed }), ana, now);

    expect(without.removed).toEqual(removed.slice(1));
    expect(without.participants).toEqual(others);
  });

  test('has them no more, where they take part and were taken off as well', () => {
    const [one, two] = ['one', 'two'].map((id) => participantOf({ id, email: 'ana@example.org' }));
    const meeting = meetingOf({
      participants: one ? [one, ...others] : others,
      removed: two ? [two] : [],
    });

    expect(withoutUser(meeting, ana, now)).toEqual({
      ...meeting,
      participants: others,
      removed: [],
      revision: 2,
      updated: now,
    });
  });

  test.each([
    { userId: 'another-id', email: 'ana@example.org' },
    { email: 'ana@example.com' },
    { phone: '+34600000002' },
    { name: 'Ana' },
  ])('is the same object with %j, who is another', (person) => {
    const meeting = meetingOf({ participants: [participantOf({ id: 'ana', ...person })] });

    expect(withoutUser(meeting, ana, now)).toBe(meeting);
  });

  test('is not searched for addresses that they have not', () => {
    const meeting = meetingOf({ participants: [participantOf({ id: 'x', userId: undefined })] });

    expect(withoutUser(meeting, { id: 'ana-id', email: undefined, phone: undefined }, now)).toBe(meeting);
  });

  test('is cancelled where it was their own, and tells the others', () => {
    const own = participantOf({ id: 'ana', userId: 'ana-id', email: 'ana@example.org' });
    const meeting = meetingOf({ organizerId: 'ana-id', participants: [own, ...others], revision: 3, sequence: 3 });
    const without = withoutUser(meeting, ana, now);

    expect(without).toMatchObject({
      status: 'cancelled',
      revision: 4,
      sequence: 4,
      organizerId: 'ana-id',
      updated: now,
    });
    expect(without.participants).toEqual(others.map((person) => ({ ...person, told: 4 })));
    expect(without.organizer).toEqual({ ...meeting.organizer, leaving: true });
    expect(withoutUser(without, ana, now)).toBe(without);
  });

  test('that they had cancelled before is marked, so that what cancels it goes on knowing them', () => {
    const meeting = meetingOf({
      organizerId: 'ana-id',
      participants: others,
      status: 'cancelled',
      revision: 2,
      sequence: 2,
    });
    const without = withoutUser(meeting, ana, now);

    expect(without).toEqual({
      ...meeting,
      organizer: { ...meeting.organizer, leaving: true },
      revision: 3,
      updated: now,
    });
    expect(withoutUser(without, ana, now)).toBe(without);
  });

  test('that ends at that moment forgets them', () => {
    const meeting = meetingOf({ organizerId: 'ana-id', participants: others });

    expect(withoutUser(meeting, ana, meeting.validUntil).organizer).toBeUndefined();
  });

  test('that has ended stays as it was but for them, and tells nobody', () => {
    const own = participantOf({ id: 'ana', userId: 'ana-id' });
    const without = withoutUser(meetingOf({ organizerId: 'ana-id', participants: [own, ...others] }), ana, afterwards);

    expect(without).toMatchObject({ status: 'scheduled', revision: 2, sequence: 1, participants: others });
    expect(without.organizer).toBeUndefined();
    expect(withoutUser(without, ana, afterwards)).toBe(without);
  });
});

test('a meeting has none of those who were deleted while it was on its way, and tells nobody', () => {
  const removed = ['joe', 'kim'].map((id) => participantOf({ id, email: `${id}@example.org` }));
  const meeting = meetingOf({ participants: others, removed });
  const without = withoutDeleted(meeting, new Map(['eve', 'kim'].map((id) => [id, {}])), now);

  expect(without).toEqual({
    ...meeting,
    participants: others.slice(0, 1),
    removed: removed.slice(0, 1),
    revision: 2,
    updated: now,
  });
});
