import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNewer } from '../../../functions/meetings/listings/newerRowStore.ts';
import { allRows, writeRows } from '../../../functions/runtime/table.ts';
import { startService, type TestService } from '../../service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.stop());

const keyOf = (pk: string, index: number) => ({ pk, sk: String(index).padStart(3, '0') });
const rowsOf = (pk: string, count: number, revision: number) =>
  Array.from({ length: count }, (_, index) => ({ ...keyOf(pk, index), revision }));
const revisionsIn = async (pk: string) => (await allRows(service.table, pk)).map(({ revision }) => revision);

test('writes rows over none but those of a lower revision, however many there are', async () => {
  const [older, newer] = [
    rowsOf('many', 120, 3),
    [7, 60, 61, 119].map((index) => ({ ...keyOf('many', index), revision: 5 })),
  ];
  await writeNewer(service.table, { revision: 3, rows: older, erased: [] });
  await writeNewer(service.table, { revision: 5, rows: newer, erased: [] });
  await writeNewer(service.table, { revision: 4, rows: rowsOf('many', 120, 4), erased: [] });

  const expected = Array.from({ length: 120 }, (_, index) => ([7, 60, 61, 119].includes(index) ? 5 : 4));
  expect(await revisionsIn('many')).toEqual(expected);
});

test('leaves what is of the same revision as it is', async () => {
  await writeNewer(service.table, {
    revision: 2,
    rows: [{ ...keyOf('same', 0), revision: 2, name: 'first' }],
    erased: [],
  });
  await writeNewer(service.table, {
    revision: 2,
    rows: [{ ...keyOf('same', 0), revision: 2, name: 'again' }],
    erased: [],
  });

  expect(await allRows(service.table, 'same')).toEqual([{ ...keyOf('same', 0), revision: 2, name: 'first' }]);
});

test('gives a mark way to a row of the same revision, and to no mark or row of a lower one', async () => {
  const mark = { ...keyOf('mark', 0), revision: 3, gone: true };
  await writeNewer(service.table, { revision: 3, rows: [mark], erased: [] });
  for (const row of [
    { ...mark, name: 'another mark' },
    { ...keyOf('mark', 0), revision: 2, name: 'late' },
  ])
    await writeNewer(service.table, { revision: row.revision, rows: [row], erased: [] });
  expect(await allRows(service.table, 'mark')).toEqual([mark]);

  await writeNewer(service.table, {
    revision: 3,
    rows: [{ ...keyOf('mark', 0), revision: 3, name: 'row' }],
    erased: [],
  });
  await writeNewer(service.table, { revision: 3, rows: [mark], erased: [] });
  expect(await allRows(service.table, 'mark')).toEqual([{ ...keyOf('mark', 0), revision: 3, name: 'row' }]);
});

test('takes out what is of a lower revision, and what has none', async () => {
  await writeRows(service.table, [
    { ...keyOf('gone', 0) },
    ...rowsOf('gone', 2, 2).slice(1),
    { ...keyOf('gone', 2), revision: 3 },
  ]);
  await writeNewer(service.table, { revision: 3, rows: [], erased: [0, 1, 2, 3].map((index) => keyOf('gone', index)) });

  expect(await allRows(service.table, 'gone')).toEqual([{ ...keyOf('gone', 2), revision: 3 }]);
});
