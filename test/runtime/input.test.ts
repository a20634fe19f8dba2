import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseInput } from '../../functions/runtime/input.ts';
import { Refusal } from '../../functions/runtime/refusal.ts';
import { jsonPointer } from '../../functions/runtime/refusals/jsonPointer.ts';

const rule = 'must be text of 1 to 3 letters';
const schema = z.strictObject(
  {
    name: z.string({ error: rule }).check(z.maxLength(3, rule), z.regex(/^[a-z]*$/, rule)),
    kind: z.optional(z.enum(['one', 'two'], { error: 'must be one of one, two' })),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'must be a JSON object') },
);

function refusalOf(input: unknown): unknown {
  try {
    return parseInput(schema, input);
  } catch (error) {
    return error instanceof Refusal ? { code: error.code, message: error.message, errors: error.errors } : error;
  }
}

describe('an input', () => {
  test.each([
    ['that is absent', undefined, [['', 'is required']]],
    ['without a field', {}, [['/name', 'is required']]],
    ['with a field that is undefined', { name: undefined }, [['/name', 'is required']]],
    ['with null for a field', { name: null }, [['/name', rule]]],
    ['of another type', [], [['', 'must be a JSON object']]],
    ['that is null', null, [['', 'must be a JSON object']]],
    ['that breaks one rule twice', { name: 'ABCD' }, [['/name', rule]]],
    ['with a value that is none of a list', { name: 'a', kind: 'three' }, [['/kind', 'must be one of one, two']]],
    [
      'with unknown fields',
      { name: 'a', x: 1, 'a/b~c': 2 },
      [
        ['/x', 'is not a known field'],
        ['/a~1b~0c', 'is not a known field'],
      ],
    ],
  ] as const)('%s is refused for the rule that is broken', (_, input, faults) => {
    const errors = faults.map(([path, message]) => ({ path, message }));
    const [[path, first]] = faults;
    const more = faults.length === 1 ? '' : ` (and ${faults.length - 1} more)`;

    expect(refusalOf(input)).toEqual({
      code: 'invalid-input',
      message: `${path === '' ? 'The body' : path} ${first}${more}.`,
      errors,
    });
  });

  test('with 100,000 unknown fields is refused for the first hundred', () => {
    const fields = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`field-${index}`, 1]));

    expect(refusalOf({ name: 'a', ...fields })).toMatchObject({
      message: '/field-0 is not a known field (and 99999 more).',
      errors: Array.from({ length: 100 }, (_, index) => ({ path: `/field-${index}`, message: 'is not a known field' })),
    });
  });
});

test.each([
  [[], ''],
  [['participants', 0, 'phone'], '/participants/0/phone'],
  [[''], '/'],
  [['a/b', 'm~n', '~1'], '/a~1b/m~0n/~01'],
  [['x'.repeat(101)], `/${'x'.repeat(100)}…`],
])('the pointer to %j is %s (RFC 6901)', (path, pointer) => {
  expect(jsonPointer(path)).toBe(pointer);
});
