import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestName } from '../../../infra/settings/nearest.ts';

const names = ['email', 'sms', 'remindBefore'];

it.each([
  ['email', 'email'],
  ['EMAIL', 'email'],
  ['emial', 'email'],
  ['mail', 'email'],
  ['sns', 'sms'],
  ['remind_before', 'remindBefore'],
  ['reminderBefore', 'remindBefore'],
  ['smtp', undefined],
  ['mxs', undefined],
  ['', undefined],
])('takes %j for %j', (given, meant) => {
  expect(nearestName(given, names)).toBe(meant);
});

it('finds a name again that one slip of the hand has changed', () => {
  const slip = fc.record({ at: fc.nat({ max: 10 }), kind: fc.constantFrom('drop', 'double', 'swap', 'replace') });
  fc.assert(
    fc.property(slip, ({ at, kind }) => {
      const name = 'remindBefore';
      const [before, one, two, after] = [name.slice(0, at), name.charAt(at), name.charAt(at + 1), name.slice(at + 2)];
      const slipped = { drop: two, double: one + one + two, swap: two + one, replace: `x${two}` }[kind];
      expect(nearestName(before + slipped + after, names)).toBe(name);
    }),
  );
});

it('finds nothing where there are no names', () => {
  expect(nearestName('email', [])).toBeUndefined();
});
