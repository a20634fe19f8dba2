import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHeld, type Room, type Seat } from '../../../functions/rooms/seats/seat.ts';
import { type Newcomer, seatingOf } from '../../../functions/rooms/seats/seating.ts';

const now = new Date('2027-03-01T10:00:00Z');
const minute = 60_000;

function seatOf(changes: Partial<Seat> = {}): Seat {
  return {
    id: 'ana',
    number: 0,
    connectionId: 'one',
    tokenHash: 'token of ana',
    name: 'Ana',
    host: false,
    camera: true,
    microphone: true,
    screen: false,
    seatedAt: now,
    heldUntil: now.getTime() + minute,
    ...changes,
  };
}

const stranger: Newcomer = { tokenHash: undefined, host: false, admitted: false, fingerprints: ['home'], spread: 0 };
const state = { locked: false, validSince: now, validUntil: new Date(now.getTime() + 60 * minute) };
const roomOf = (seats: readonly Seat[], changes: Partial<Room> = {}): Room => ({
  id: 'room',
  state,
  seats,
  knocks: [],
  removals: [],
  ...changes,
});
const open = { capacity: 3, lobby: false };

describe('a newcomer', () => {
  test('takes a seat that nobody has had before one that somebody has lost', () => {
    const lost = seatOf({ number: 0, released: 'lost', heldUntil: now.getTime() });

    expect(seatingOf(roomOf([lost]), stranger, open, now)).toMatchObject({ answer: 'sit', number: 1 });
    const rest = [1, 2].map((number) => seatOf({ number, id: `${number}`, tokenHash: `${number}` }));
    expect(seatingOf(roomOf([lost, ...rest]), stranger, open, now)).toMatchObject({ answer: 'sit', number: 0 });
  });

  test('takes another seat than one who comes with another spread', () => {
    const numbers = [0, 1, 2, 3].map((spread) => seatingOf(roomOf([]), { ...stranger, spread }, open, now));

    expect(numbers.map((seating) => 'number' in seating && seating.number)).toEqual([0, 1, 2, 0]);
  });

  test('from elsewhere finds a seat in a room that one network, or one browser, has filled', () => {
    const fill = (fingerprints: readonly string[][]) =>
      roomOf(
        fingerprints.map((own, number) =>
          seatOf({ number, id: `${number}`, tokenHash: `${number}`, fingerprints: [...own] }),
        ),
      );
    const visitor = { ...stranger, fingerprints: ['elsewhere', 'own'] };
    const seat = { answer: 'sit', number: 4, host: false };
    const ofNetwork = fill([
      ['office', 'a'],
      ['office', 'b'],
      ['office', 'c'],
    ]);
    expect(seatingOf(ofNetwork, visitor, open, now)).toMatchObject(seat);
    expect(
      seatingOf(
        fill([
          ['one', 'a'],
          ['two', 'a'],
          ['three', 'a'],
        ]),
        visitor,
        open,
        now,
      ),
    ).toMatchObject(seat);
    const host = seatOf({ number: 3, id: 'host', tokenHash: 'host', host: true, fingerprints: ['home'] });
    const withHost = { ...ofNetwork, seats: [...ofNetwork.seats, host] };
    expect(seatingOf(withHost, visitor, open, now)).toMatchObject(seat);

    const full = { answer: 'refuse', reason: 'full' };
    expect(seatingOf(ofNetwork, { ...visitor, fingerprints: ['office', 'own'] }, open, now)).toEqual(full);
    expect(seatingOf(fill([['office'], ['office'], ['home']]), visitor, open, now)).toEqual(full);
    const taken = seatOf({ number: 4, id: 'four', tokenHash: 'four', fingerprints: ['elsewhere', 'x'] });
    expect(seatingOf({ ...ofNetwork, seats: [...ofNetwork.seats, taken] }, visitor, open, now)).toEqual(full);
  });

  test('is refused by a lock, unless they are a host or were let in', () => {
    const locked = roomOf([], { state: { ...state, locked: true } });

    expect(seatingOf(locked, stranger, open, now)).toEqual({ answer: 'refuse', reason: 'locked' });
    expect(seatingOf(locked, { ...stranger, host: true }, open, now)).toMatchObject({ answer: 'sit', host: true });
    expect(seatingOf(locked, { ...stranger, admitted: true }, open, now)).toMatchObject({ answer: 'sit', host: false });
  });

  test('waits in a lobby, until too many wait', () => {
    const lobby = { ...open, lobby: true };
    const knock = { connectionId: 'x', name: 'X', camera: false, microphone: false };
    const knocks = Array.from({ length: 200 }, (_, index) => ({
      ...knock,
      id: `${index}`,
      heldUntil: now.getTime() + minute,
    }));

    expect(seatingOf(roomOf([]), stranger, lobby, now)).toEqual({ answer: 'wait' });
    expect(seatingOf(roomOf([], { knocks }), stranger, lobby, now)).toEqual({ answer: 'refuse', reason: 'crowded' });
    const lapsed = knocks.map((one) => ({ ...one, heldUntil: now.getTime() }));
    expect(seatingOf(roomOf([], { knocks: lapsed }), stranger, lobby, now)).toEqual({ answer: 'wait' });
  });
});

describe('whoever brings the token of a seat', () => {
  const back = { ...stranger, tokenHash: 'token of ana' };

  test.each<[what: string, changes: Partial<Seat>]>([
    ['that they still hold', {}],
    ['that lapsed', { heldUntil: now.getTime() - minute }],
    ['that they left', { released: 'left', heldUntil: now.getTime() - minute }],
    ['that they lost', { released: 'lost', heldUntil: now.getTime() - 9 * minute }],
  ])('gets the seat %s, past lobby, lock and crowd', (_, changes) => {
    const others = [1, 2].map((number) => seatOf({ number, id: `${number}`, tokenHash: `${number}` }));
    const room = roomOf([seatOf({ host: true, ...changes }), ...others], { state: { ...state, locked: true } });

    expect(seatingOf(room, back, { capacity: 3, lobby: true }, now)).toMatchObject({
      answer: 'sit',
      number: 0,
      host: true,
      returns: { id: 'ana' },
    });
  });

  test('is a newcomer ten minutes after they lost it', () => {
    const room = roomOf([seatOf({ released: 'lost', heldUntil: now.getTime() - 10 * minute })]);

    expect(seatingOf(room, back, open, now)).toMatchObject({ answer: 'sit', returns: undefined });
  });

  test('does not come back after a host removed them, whoever has their seat by now', () => {
    const removed = seatOf({ released: 'removed', heldUntil: now.getTime() - minute });
    const removals = [{ tokenHash: 'token of ana', fingerprints: [] }];

    expect(seatingOf(roomOf([removed]), back, open, now)).toEqual({ answer: 'refuse', reason: 'removed' });
    expect(seatingOf(roomOf([], { removals }), back, open, now)).toEqual({ answer: 'refuse', reason: 'removed' });
  });
});

describe('whoever comes from where somebody was removed', () => {
  const removals = [{ tokenHash: 'token of eve', fingerprints: ['their browser', 'home'] }];

  test('waits for a host, who may let them in', () => {
    const room = roomOf([], { removals });

    expect(seatingOf(room, stranger, open, now)).toEqual({ answer: 'wait' });
    expect(seatingOf(room, { ...stranger, admitted: true }, open, now)).toMatchObject({ answer: 'sit' });
    expect(seatingOf(room, { ...stranger, host: true }, open, now)).toMatchObject({ answer: 'sit', host: true });
    expect(seatingOf(room, { ...stranger, fingerprints: ['office'] }, open, now)).toMatchObject({ answer: 'sit' });
  });

  test('is refused where the room is locked', () => {
    const room = roomOf([], { removals, state: { ...state, locked: true } });

    expect(seatingOf(room, stranger, open, now)).toEqual({ answer: 'refuse', reason: 'locked' });
  });

  test('keeps the seat that they have', () => {
    const room = roomOf([seatOf()], { removals });

    expect(seatingOf(room, { ...stranger, tokenHash: 'token of ana' }, open, now)).toMatchObject({ answer: 'sit' });
  });
});

describe('a host', () => {
  const full = [0, 1, 2].map((number) => seatOf({ number, id: `${number}`, tokenHash: `${number}` }));

  test('finds a seat in a full room, which is nobody else’s', () => {
    expect(seatingOf(roomOf(full), { ...stranger, host: true }, open, now)).toMatchObject({ answer: 'sit', number: 3 });
    for (const who of [stranger, { ...stranger, admitted: true }]) {
      expect(seatingOf(roomOf(full), who, open, now)).toEqual({ answer: 'refuse', reason: 'full' });
    }
  });

  test('sits among the others where there is room', () => {
    expect(seatingOf(roomOf([]), { ...stranger, host: true, spread: 3 }, open, now)).toMatchObject({ number: 0 });
  });

  test('does not find it where another host has it', () => {
    const room = roomOf([...full, seatOf({ number: 3, id: 'host', tokenHash: 'host', host: true })]);

    expect(seatingOf(room, { ...stranger, host: true }, open, now)).toEqual({ answer: 'refuse', reason: 'full' });
  });
});

test('nobody but its holder is ever given a seat that is held, or one beyond the capacity', () => {
  const seats = fc.uniqueArray(
    fc
      .record({
        number: fc.nat(5),
        minutes: fc.integer({ min: -20, max: 20 }),
        released: fc.constantFrom(undefined, 'left', 'lost', 'removed'),
      })
      .map(({ number, minutes, released }) =>
        seatOf({
          number,
          id: `${number}`,
          tokenHash: `token ${number}`,
          heldUntil: now.getTime() + minutes * minute,
          ...(released === undefined ? {} : { released: released as 'left' }),
        }),
      ),
    { selector: ({ number }) => number },
  );
  const newcomer = fc.record({
    tokenHash: fc.option(
      fc.nat(7).map((number) => `token ${number}`),
      { nil: undefined },
    ),
    host: fc.boolean(),
    admitted: fc.boolean(),
    fingerprints: fc.constant([]),
    spread: fc.nat(255),
  });
  fc.assert(
    fc.property(seats, newcomer, fc.boolean(), (taken, who, lobby) => {
      const seating = seatingOf(roomOf(taken), who, { capacity: 4, lobby }, now);
      if (seating.answer !== 'sit') return;
      const seat = taken.find(({ number }) => number === seating.number);

      expect(seating.returns ? seat?.tokenHash === who.tokenHash : !seat || !isHeld(seat, now)).toBe(true);
      expect(seating.returns !== undefined || seating.number < (who.host ? 5 : 4)).toBe(true);
    }),
  );
});
