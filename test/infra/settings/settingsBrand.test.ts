import { expect, test } from 'vitest';
import { faultsOf, read } from './settingsProject.ts';

test('a name and a colour are taken as they are, the colour in small letters', () => {
  const { settings } = read({ brandName: ' Vidal & Ros ', brandColor: '#0B5D3B' });

  expect([settings.brandName, settings.brandColor]).toEqual(['Vidal & Ros', '#0b5d3b']);
});

test.each([
  ['#ffd800', 'White on #ffd800 has a contrast of 1.39 to 1, and text needs 4.5 (WCAG 2.2, 1.4.3): take a darker one.'],
  ['#777777', 'White on #777777 has a contrast of 4.48 to 1, and text needs 4.5 (WCAG 2.2, 1.4.3): take a darker one.'],
  ['green', 'Must be a colour such as #0b5d3b.'],
  ['#0b5', 'Must be a colour such as #0b5d3b.'],
  [0x0b5d3b, 'Must be a colour such as #0b5d3b.'],
])('%j is no brandColor', (brandColor, message) => {
  expect(faultsOf(() => read({ brandColor }))).toEqual([`brandColor: ${message}`]);
});

test('the lightest grey on which white can be read is a brandColor', () => {
  expect(read({ brandColor: '#767676' }).settings.brandColor).toBe('#767676');
});

test.each(['x'.repeat(61), 'two\nlines', 'over\u202eride', 7])('%j is no brandName', (brandName) => {
  expect(faultsOf(() => read({ brandName }))).toEqual(['brandName: Must be 1 to 60 characters on one line.']);
});
