import { describe, expect, test } from 'vitest';
import { failedItems } from '../../../infra/local/mappings/batchResponse.ts';

const identifiers = ['a', 'b'];

describe('failedItems', () => {
  test.each([
    ['null', new Set()],
    ['{}', new Set()],
    ['{"batchItemFailures":[]}', new Set()],
    ['{"batchItemFailures":null}', new Set()],
    ['{"batchItemFailures":[{"itemIdentifier":"b"}]}', new Set(['b'])],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', 'all'],
    ['{"batchItemFailures":[{"itemIdentifier":null}]}', 'all'],
    ['{"batchItemFailures":[{"id":"b"}]}', 'all'],
    ['{"batchItemFailures":[{"itemIdentifier":"c"}]}', 'all'],
    ['"text"', 'all'],
  ])('reads %s', (payload, expected) => {
    expect(failedItems({ ok: true, requestId: 'r', payload }, true, identifiers)).toEqual(expected);
  });

  test('takes any answer for success where the mapping reports no failures', () => {
    const payload = '{"batchItemFailures":[{"itemIdentifier":"b"}]}';

    expect(failedItems({ ok: true, requestId: 'r', payload }, false, identifiers)).toEqual(new Set());
  });

  test('takes an error for the failure of all', () => {
    const error = { errorType: 'Error', errorMessage: 'on order' };

    expect(failedItems({ ok: false, requestId: 'r', error }, true, identifiers)).toBe('all');
  });
});
