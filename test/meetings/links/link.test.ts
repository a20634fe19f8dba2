import { expect, test } from 'vitest';
import { keyOpens, linkOf, partsOfLink } from '../../../functions/meetings/links/link.ts';

const place = { linkHost: 'https://meet.example.org', linkPath: '/m' };
const meeting = { id: 'id', key: 'key', linkName: undefined };

test('a meeting’s link ends in its id and its key, or in its organizer’s name', () => {
  expect(linkOf(meeting, place)).toBe('https://meet.example.org/m/id.key');
  expect(linkOf({ ...meeting, linkName: 'ana maría' }, place)).toBe('https://meet.example.org/m/ana%20mar%C3%ADa');
});

test.each([
  ['id.key', { id: 'id', key: 'key' }],
  ['id', undefined],
  ['id.', undefined],
  ['.key', undefined],
  ['id.key.', undefined],
  ['id.key.more', undefined],
  ['', undefined],
  [`${'i'.repeat(190)}.${'k'.repeat(20)}`, { id: 'i'.repeat(190), key: 'k'.repeat(9) }],
])('%j has the parts %j', (link, parts) => {
  expect(partsOfLink(link)).toEqual(parts);
});

test('a meeting opens by its very key alone', () => {
  expect(keyOpens(meeting, 'key')).toBe(true);
  for (const wrong of ['kez', 'ke', 'keyy', '']) expect(keyOpens(meeting, wrong)).toBe(false);
});
