import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { UnreadableRow } from '../../functions/runtime/refusals/unreadableRow.ts';
import { parseRow, parseRows } from '../../functions/runtime/row.ts';

const schema = z.object({ status: z.enum(['scheduled', 'cancelled']), people: z.array(z.object({ id: z.string() })) });
const key = { pk: 'MEETING#m1', sk: 'MEETING' };
const readable = { ...key, status: 'scheduled', people: [{ id: 'p' }] };

function faultOf(row: Record<string, unknown>): unknown {
  try {
    return parseRow(schema, row);
  } catch (error) {
    return error;
  }
}

describe('a row that this release cannot read', () => {
  test('is named by its ids and by what is wrong in it', () => {
    const fault = faultOf({ ...key, status: 'postponed', people: [{ id: 'p' }, { id: 5 }] });

    expect(fault).toBeInstanceOf(UnreadableRow);
    expect(fault).toMatchObject({
      key,
      message: 'Cannot read status, people.1.id of the row MEETING#m1 MEETING',
    });
  });

  test('is not named by a key that holds an address', () => {
    expect(faultOf({ pk: 'EMAIL#ana@example.org', sk: 'EMAIL#ana@example.org' })).toMatchObject({
      message: 'Cannot read status, people of the row EMAIL',
    });
  });

  test('leaves the others as they are', () => {
    const { read, unreadable } = parseRows(schema, [{ ...key, status: 'postponed', people: [] }, readable]);

    expect(read).toEqual([{ status: 'scheduled', people: [{ id: 'p' }] }]);
    expect(unreadable.map(({ message }) => message)).toEqual(['Cannot read status of the row MEETING#m1 MEETING']);
  });
});
