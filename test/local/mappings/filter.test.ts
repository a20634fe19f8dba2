import { describe, expect, test } from 'vitest';
import { readFilter } from '../../../infra/local/mappings/filter.ts';

const record = {
  eventName: 'MODIFY',
  dynamodb: {
    Keys: { pk: { S: 'MEETING#1' }, sk: { S: 'MEETING' } },
    NewImage: { version: { N: '2' }, tags: { SS: ['a', 'b'] } },
    SizeBytes: 120,
  },
};

describe('readFilter', () => {
  test.each([
    [{ eventName: ['INSERT', 'MODIFY'] }, true],
    [{ eventName: ['REMOVE'] }, false],
    [{ eventName: ['MODIFY'], dynamodb: { Keys: { sk: { S: ['MEETING'] } } } }, true],
    [{ dynamodb: { Keys: { pk: { S: [{ prefix: 'MEETING#' }] } } } }, true],
    [{ dynamodb: { Keys: { pk: { S: [{ prefix: 'USER#' }] } } } }, false],
    [{ dynamodb: { Keys: { sk: { S: [{ suffix: 'TING' }] } } } }, true],
    [{ dynamodb: { Keys: { sk: { S: [{ 'equals-ignore-case': 'meeting' }] } } } }, true],
    [{ dynamodb: { Keys: { sk: { S: [{ 'anything-but': ['MEETING', 'USER'] }] } } } }, false],
    [{ dynamodb: { Keys: { sk: { S: [{ 'anything-but': { prefix: 'DELIVERY#' } }] } } } }, true],
    [{ userIdentity: { principalId: [{ exists: false }] } }, true],
    [{ eventName: [{ exists: true }] }, true],
    [{ dynamodb: { OldImage: { version: { N: [{ exists: true }] } } } }, false],
    [{ dynamodb: { SizeBytes: [{ numeric: ['>', 100, '<=', 120] }] } }, true],
    [{ dynamodb: { SizeBytes: [{ numeric: ['=', 121] }] } }, false],
    [{ dynamodb: { NewImage: { tags: { SS: ['b'] } } } }, true],
    [{ $or: [{ eventName: ['REMOVE'] }, { dynamodb: { Keys: { sk: { S: ['MEETING'] } } } }] }, true],
  ])('%j lets the record through: %s', (pattern, expected) => {
    const filter = readFilter({ Filters: [{ Pattern: JSON.stringify(pattern) }] });

    expect(filter(record)).toBe(expected);
  });

  test('lets through what one of several patterns wants', () => {
    const filter = readFilter({
      Filters: [{ Pattern: '{"eventName":["REMOVE"]}' }, { Pattern: '{"eventName":["MODIFY"]}' }],
    });

    expect(filter(record)).toBe(true);
  });

  test('lets everything through where there is no pattern', () => {
    expect(readFilter(undefined)(record)).toBe(true);
    expect(readFilter({ Filters: [] })(record)).toBe(true);
  });

  test('names an operator that it does not know', () => {
    expect(() => readFilter({ Filters: [{ Pattern: '{"eventName":[{"wildcard":"M*"}]}' }] })).toThrow(
      '{"wildcard":"M*"}',
    );
  });
});
