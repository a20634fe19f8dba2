import { describe, expect, test } from 'vitest';
import {
  addressesIn,
  distinctPeople,
  identityOf,
  ownerIn,
  unknownUserFaults,
  userIdsOf,
} from '../../functions/meetings/people.ts';

const owners = new Map([
  ['ana@example.org', 'ana-id'],
  ['+34600000001', 'ana-id'],
  ['ben@example.org', 'ben-id'],
]);

describe('those who are named', () => {
  const people = [{ userId: 'ana-id' }, { email: 'x@example.org', phone: '+34600000009' }, { userId: 'ben-id' }];

  test('are so as users, and by addresses and numbers', () => {
    expect(userIdsOf(people)).toEqual(['ana-id', 'ben-id']);
    expect(addressesIn(people)).toEqual(['x@example.org', '+34600000009']);
  });

  test('as a user whom nobody knows is a fault at their place', () => {
    const fault = { path: '/participants/2/userId', message: 'must be the id of a known user' };

    expect(unknownUserFaults(people, new Set(['ben-id']))).toEqual([fault]);
    expect(unknownUserFaults(people, new Set())).toEqual([]);
    expect(unknownUserFaults(people, undefined)).toEqual([]);
  });

  test('by an address belong to whoever verified it, and as a user to nobody else', () => {
    expect(ownerIn(owners, { email: 'ANA@example.org' })).toBe('ana-id');
    expect(ownerIn(owners, { email: 'x@example.org', phone: '+34600000001' })).toBe('ana-id');
    expect(ownerIn(owners, { phone: '+34600000009' })).toBeUndefined();
    expect(ownerIn(owners, { userId: 'eve-id', email: 'ana@example.org' })).toBeUndefined();
    expect(ownerIn(undefined, { email: 'ana@example.org' })).toBeUndefined();
  });
});

test('addresses may be spelt in several ways, ids may not', () => {
  expect(identityOf('email', 'Ana@Example.org')).toBe('ana@example.org');
  expect(identityOf('phone', '+5215512345678')).toBe(identityOf('phone', '+525512345678'));
  expect(identityOf('userId', 'Ana@Example.org')).toBe('Ana@Example.org');
  expect(identityOf('id', 'Ana@Example.org')).toBe('Ana@Example.org');
});

describe('entries that agree are joined', () => {
  test('in the place of the first of them, with what any of them says, the first before the others', () => {
    const entries = [
      { email: 'x@example.org' },
      { email: 'ana@example.org', name: 'Ana' },
      { email: 'y@example.org' },
      { email: 'ANA@example.org', phone: '+34600000009', name: 'Anna' },
    ];

    expect(distinctPeople(entries)).toEqual({
      people: [
        { email: 'x@example.org' },
        { email: 'ana@example.org', phone: '+34600000009', name: 'Ana' },
        { email: 'y@example.org' },
      ],
      faults: [],
    });
  });

  test('whatever one of them leaves out, by a value that is undefined too', () => {
    const entries = [
      { id: 'ana', email: 'ana@example.org', phone: undefined },
      { email: 'ana@example.org', phone: '+34600000009' },
    ];

    expect(distinctPeople(entries).people).toEqual([{ id: 'ana', email: 'ana@example.org', phone: '+34600000009' }]);
  });

  test('but not two who differ, where a third names both', () => {
    const entries = [
      { userId: 'ana', email: 'ana@example.org' },
      { userId: 'ben', phone: '+34600000009' },
      { email: 'ana@example.org', phone: '+34600000009' },
    ];

    expect(distinctPeople(entries).faults).toEqual([
      { path: '/participants/2', message: 'names both /participants/0 and /participants/1' },
    ]);
  });

  test('but not two participants whom only the directory takes for one', () => {
    const entries = [
      { id: 'one', userId: 'ana' },
      { id: 'two', email: 'ana@example.org' },
    ];

    expect(distinctPeople(entries, new Map([['ana@example.org', 'ana']]))).toEqual({ people: entries, faults: [] });
  });

  test('where a third has something of each', () => {
    const entries = [{ email: 'x@example.org' }, { phone: '+34600000009' }, { userId: 'other' }];
    const third = { email: 'x@example.org', phone: '+34600000009' };

    expect(distinctPeople([...entries, third])).toEqual({ people: [third, { userId: 'other' }], faults: [] });
  });

  test('where one names the user whose address another has, once that is known', () => {
    const entries = [{ userId: 'ana-id' }, { email: 'ana@example.org' }, { phone: '+34600000001' }];
    const ana = { userId: 'ana-id', email: 'ana@example.org', phone: '+34600000001' };

    expect(distinctPeople(entries, owners)).toEqual({ people: [ana], faults: [] });
    expect(distinctPeople(entries).people).toHaveLength(3);
  });
});

describe('entries of one person that differ', () => {
  const message = 'differs from that of /participants/0, who is the same person';

  test.each([
    ['email', { userId: 'ana-id', email: 'a@example.org' }, { userId: 'ana-id', email: 'b@example.org' }],
    ['phone', { email: 'a@example.org', phone: '+34600000001' }, { email: 'a@example.org', phone: '+34600000002' }],
    ['userId', { email: 'a@example.org', userId: 'ana-id' }, { email: 'a@example.org', userId: 'ben-id' }],
    ['id', { email: 'a@example.org', id: 'one' }, { email: 'a@example.org', id: 'two' }],
  ])('in %s are a fault of the later one', (field, first, second) => {
    expect(distinctPeople([first, { userId: 'eve-id' }, second])).toEqual({
      people: [first, { userId: 'eve-id' }],
      faults: [{ path: `/participants/2/${field}`, message }],
    });
  });

  test('in the spelling alone are none', () => {
    const entries = [
      { userId: 'ana-id', email: 'a@example.org' },
      { userId: 'ana-id', email: 'A@EXAMPLE.org' },
    ];

    expect(distinctPeople(entries)).toEqual({ people: [{ userId: 'ana-id', email: 'a@example.org' }], faults: [] });
  });
});
